package dev.diolab.benchmarks.verify.corruption;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.DeviceCounters;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;

/**
 * An image in memory that goes back to what it was at the cost of what was changed, and that ends
 * endless work: after {@value #MOST_TRANSFERS} transfers all others fail.
 *
 * <p>Thread safety: all methods may be called at once.
 */
final class ScratchDevice implements BlockDevice {
  /** Many times of what any sound or damaged image of this attack needs. */
  static final int MOST_TRANSFERS = 200_000;

  private static final int PAGE = 4096;
  private static final int SECTOR = 512;

  private final byte[] image;
  private final DeviceCounters counters = new DeviceCounters();

  /** [this] */
  private final byte[] now;

  /** Pages that may differ from the image. [this] */
  private final BitSet changed = new BitSet();

  private int transfers;

  /** A device that holds {@code image}, which is not changed. */
  ScratchDevice(byte[] image) {
    this.image = image;
    this.now = image.clone();
  }

  /** Goes back to the image. */
  synchronized void reset() {
    for (int page = changed.nextSetBit(0); page >= 0; page = changed.nextSetBit(page + 1)) {
      int at = page * PAGE;
      System.arraycopy(image, at, now, at, Math.min(PAGE, now.length - at));
    }
    changed.clear();
    transfers = 0;
  }

  /** Whether so much was transferred since {@link #reset} that something did not end by itself. */
  synchronized boolean isExhausted() {
    return transfers > MOST_TRANSFERS;
  }

  /** Replaces bytes outside of any transfer. */
  synchronized void put(byte[] bytes, int at) {
    System.arraycopy(bytes, 0, now, at, bytes.length);
    changed.set(at / PAGE, (at + bytes.length - 1) / PAGE + 1);
  }

  @Override
  public synchronized void read(
      MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) throws IOException {
    check(deviceOffset, bytes);
    MemorySegment.copy(now, (int) deviceOffset, buffer, ValueLayout.JAVA_BYTE, bufferOffset, bytes);
    counters.countRead(bytes);
  }

  @Override
  public synchronized void write(
      MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) throws IOException {
    check(deviceOffset, bytes);
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, bufferOffset, now, (int) deviceOffset, bytes);
    changed.set((int) deviceOffset / PAGE, (int) (deviceOffset + bytes - 1) / PAGE + 1);
    counters.countWrite(bytes);
  }

  private void check(long deviceOffset, int bytes) throws IOException {
    if (bytes <= 0
        || deviceOffset < 0
        || deviceOffset > now.length - bytes
        || (deviceOffset | bytes) % SECTOR != 0) {
      throw new IllegalArgumentException(
          "transfer of " + bytes + " bytes at " + deviceOffset + " of " + now.length);
    }
    if (++transfers > MOST_TRANSFERS) {
      throw new IOException("more than " + MOST_TRANSFERS + " transfers");
    }
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    write(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void flush() {
    counters.countFlush();
  }

  @Override
  public long sizeBytes() {
    return now.length;
  }

  @Override
  public int offsetAlignment() {
    return SECTOR;
  }

  @Override
  public int memoryAlignment() {
    return 1;
  }

  @Override
  public boolean hasVolatileCache() {
    return false;
  }

  @Override
  public MemorySegment allocateBuffer(long bytes) {
    return MemorySegment.ofArray(new byte[Math.toIntExact(bytes)]);
  }

  @Override
  public DeviceCounters counters() {
    return counters;
  }

  /** Nothing is open. */
  @Override
  public void close() {}
}
