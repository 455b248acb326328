package dev.diolab.benchmarks.verify.corruption;

import dev.diolab.benchmarks.verify.record.OverlayDevice;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.DeviceCounters;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An image in memory that goes back to what it was at the cost of what was changed, and that ends
 * endless work: after {@value #MOST_TRANSFERS} transfers all others fail.
 *
 * <p>Thread safety: transfers may be called at once; {@link #reset} by one thread alone.
 */
final class ScratchDevice implements BlockDevice {
  /** Many times of what any sound or damaged image of this attack needs. */
  static final int MOST_TRANSFERS = 200_000;

  private final OverlayDevice overlay;
  private final AtomicInteger transfers = new AtomicInteger();

  /** A device that holds {@code image}, which is not changed. */
  ScratchDevice(byte[] image) {
    this.overlay = new OverlayDevice(image);
  }

  /** Goes back to the image. */
  void reset() {
    overlay.reset();
    transfers.set(0);
  }

  /** Whether so much was transferred since {@link #reset} that something did not end by itself. */
  boolean isExhausted() {
    return transfers.get() > MOST_TRANSFERS;
  }

  /** Replaces bytes outside of any transfer. */
  void put(byte[] bytes, int at) {
    overlay.put(bytes, 0, at, bytes.length);
  }

  @Override
  public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    countTransfer();
    overlay.read(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    countTransfer();
    overlay.write(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    write(buffer, bufferOffset, deviceOffset, bytes);
  }

  private void countTransfer() throws IOException {
    if (transfers.incrementAndGet() > MOST_TRANSFERS) {
      throw new IOException("more than " + MOST_TRANSFERS + " transfers");
    }
  }

  @Override
  public void flush() {
    overlay.flush();
  }

  @Override
  public long sizeBytes() {
    return overlay.sizeBytes();
  }

  @Override
  public int offsetAlignment() {
    return overlay.offsetAlignment();
  }

  @Override
  public int memoryAlignment() {
    return overlay.memoryAlignment();
  }

  @Override
  public boolean hasVolatileCache() {
    return overlay.hasVolatileCache();
  }

  @Override
  public MemorySegment allocateBuffer(long bytes) {
    return overlay.allocateBuffer(bytes);
  }

  @Override
  public DeviceCounters counters() {
    return overlay.counters();
  }

  /** Nothing is open. */
  @Override
  public void close() {}
}
