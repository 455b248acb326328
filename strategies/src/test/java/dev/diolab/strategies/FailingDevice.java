package dev.diolab.strategies;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FilterDevice;
import dev.diolab.engine.device.MemoryDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongPredicate;

/** A device whose transfers can be made to fail by their offset. */
final class FailingDevice extends FilterDevice {
  private final int offsetAlignment;
  private final AtomicReference<LongPredicate> failing = new AtomicReference<>(offset -> false);
  private final AtomicReference<LongPredicate> unreadable = new AtomicReference<>(offset -> false);

  private final AtomicBoolean flushFails = new AtomicBoolean();

  FailingDevice(BlockDevice below) {
    this(below, below.offsetAlignment());
  }

  /** A device that says that it needs {@code offsetAlignment}. */
  FailingDevice(BlockDevice below, int offsetAlignment) {
    super(below);
    this.offsetAlignment = offsetAlignment;
  }

  /** From now on writes to offsets that {@code which} accepts fail. */
  void failWrites(LongPredicate which) {
    failing.set(which);
  }

  /** From now on reads at offsets that {@code which} accepts fail. */
  void failReads(LongPredicate which) {
    unreadable.set(which);
  }

  /** The next flush fails. */
  void failNextFlush() {
    flushFails.set(true);
  }

  /** A device with what is on this one now. */
  FailingDevice copyOfContents() throws IOException {
    MemoryDevice copy = new MemoryDevice(below.sizeBytes());
    int chunk = 1 << 20;
    MemorySegment buffer = below.allocateBuffer(chunk);
    for (long at = 0; at < below.sizeBytes(); at += chunk) {
      below.read(buffer, 0, at, chunk);
      copy.write(buffer, 0, at, chunk);
    }
    return new FailingDevice(copy);
  }

  private void check(long offset) throws IOException {
    if (failing.get().test(offset)) {
      throw new IOException("write at " + offset + " fails as told");
    }
  }

  @Override
  public int offsetAlignment() {
    return offsetAlignment;
  }

  @Override
  public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    if (unreadable.get().test(deviceOffset)) {
      throw new IOException("read at " + deviceOffset + " fails as told");
    }
    below.read(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    check(deviceOffset);
    below.write(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    check(deviceOffset);
    below.writeFua(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void flush() throws IOException {
    if (flushFails.getAndSet(false)) {
      throw new IOException("flush fails as told");
    }
    below.flush();
  }
}
