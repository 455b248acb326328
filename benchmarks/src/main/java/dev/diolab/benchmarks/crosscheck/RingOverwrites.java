package dev.diolab.benchmarks.crosscheck;

import dev.diolab.benchmarks.load.ClosedLoop;
import dev.diolab.engine.device.IoDone;
import dev.diolab.engine.device.IoQueue;
import dev.diolab.engine.device.UringDevice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Random 4 KiB overwrites of a range of a device by one thread on one ring, as many in flight as
 * the ring is deep: the device alone, without a file system of ours.
 *
 * <p>Thread safety: one thread.
 */
final class RingOverwrites implements ClosedLoop.Operation, IoDone {
  private static final int PAGE_BYTES = 4096;

  private final IoQueue queue;
  private final MemorySegment buffer;
  private final long offset;
  private final long pages;
  private final SplittableRandom random;

  /** Place in the buffer of the next write: each in flight has another. */
  private int place;

  private @Nullable IOException failure;

  private RingOverwrites(IoQueue queue, UringDevice device, long offset, long bytes, long seed) {
    this.queue = queue;
    this.offset = offset;
    this.pages = bytes / PAGE_BYTES;
    this.random = new SplittableRandom(seed);
    this.buffer = device.allocateBuffer((long) queue.depth() * PAGE_BYTES);
    byte[] content = new byte[Math.toIntExact(buffer.byteSize())];
    random.nextBytes(content);
    MemorySegment.copy(content, 0, buffer, ValueLayout.JAVA_BYTE, 0, content.length);
  }

  /** Overwrites {@code [offset, offset + bytes)} for a time; writes a second. */
  static double opsPerSecond(
      UringDevice device,
      long offset,
      long bytes,
      int depth,
      long seed,
      double rampSeconds,
      double seconds)
      throws IOException {
    try (IoQueue queue = device.openQueue(depth)) {
      RingOverwrites overwrites = new RingOverwrites(queue, device, offset, bytes, seed);
      return ClosedLoop.opsPerSecond(List.of(overwrites), rampSeconds, seconds);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void run() throws IOException {
    if (queue.isFull()) {
      queue.reap(1);
      if (failure != null) {
        throw failure;
      }
    }
    long at = offset + random.nextLong(pages) * PAGE_BYTES;
    queue.write(this, buffer, (long) place * PAGE_BYTES, at, PAGE_BYTES, false);
    place = (place + 1) % queue.depth();
    if (!queue.isFull()) {
      // As fio does. The last one goes with the call that waits.
      queue.submit();
    }
  }

  @Override
  public void done(@Nullable IOException why) {
    if (why != null) {
      failure = why;
    }
  }
}
