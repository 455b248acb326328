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

  private final UringDevice device;
  private final int depth;
  private final boolean ownerReaps;
  private final MemorySegment buffer;
  private final long offset;
  private final long pages;
  private final SplittableRandom random;

  /** Opened by the thread that uses it. */
  private @Nullable IoQueue queue;

  /** Place in the buffer of the next write: each in flight has another. */
  private int place;

  private @Nullable IOException failure;

  private RingOverwrites(
      UringDevice device, long offset, long bytes, int depth, boolean ownerReaps, long seed) {
    this.device = device;
    this.depth = depth;
    this.ownerReaps = ownerReaps;
    this.offset = offset;
    this.pages = bytes / PAGE_BYTES;
    this.random = new SplittableRandom(seed);
    this.buffer = device.allocateBuffer((long) depth * PAGE_BYTES);
    byte[] content = new byte[Math.toIntExact(buffer.byteSize())];
    random.nextBytes(content);
    MemorySegment.copy(content, 0, buffer, ValueLayout.JAVA_BYTE, 0, content.length);
  }

  /**
   * Overwrites {@code [offset, offset + bytes)} for a time; writes a second.
   *
   * @param ownerReaps whether the ring is for one thread alone
   */
  static double opsPerSecond(
      UringDevice device,
      long offset,
      long bytes,
      int depth,
      boolean ownerReaps,
      long seed,
      double rampSeconds,
      double seconds)
      throws IOException {
    RingOverwrites overwrites = new RingOverwrites(device, offset, bytes, depth, ownerReaps, seed);
    return ClosedLoop.opsPerSecond(List.of(overwrites), rampSeconds, seconds);
  }

  @Override
  public void run() throws IOException {
    IoQueue own = opened();
    if (own.isFull()) {
      own.reap(1);
      if (failure != null) {
        throw failure;
      }
    }
    long at = offset + random.nextLong(pages) * PAGE_BYTES;
    own.write(this, buffer, (long) place * PAGE_BYTES, at, PAGE_BYTES, false);
    place = (place + 1) % depth;
    if (!own.isFull()) {
      // As fio does. The last one goes with the call that waits.
      own.submit();
    }
  }

  private IoQueue opened() throws IOException {
    if (queue == null) {
      queue = device.openQueue(depth, ownerReaps);
    }
    return queue;
  }

  @Override
  public void end() throws IOException {
    if (queue != null) {
      try {
        queue.close();
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  @Override
  public void done(@Nullable IOException why) {
    if (why != null) {
      failure = why;
    }
  }
}
