package dev.diolab.benchmarks.workload;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * Who makes the segments of several logs when: each is made while the one before it is written, by
 * one thread for all logs (etcd's filePipeline).
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>the first segment of each log is there from the start;
 *   <li>one thread calls {@link #awaitWish} and then {@link #made}, over and over;
 *   <li>the writer of a log calls {@link #awaitSegment} for each of its segments, in order.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>{@link #awaitSegment} returns true after the segment was made;
 *   <li>it also returns after the making of the next one has begun, or while another log's is under
 *       way, so that some writes meet each creation however short it is;
 *   <li>every segment is asked for once;
 *   <li>after {@link #fail} nobody waits.
 * </ol>
 */
final class SegmentPipeline {
  /** No segment is left to make. */
  static final int NONE = -1;

  private final int segments;

  /** Segments of each log that are there. [this] */
  private final int[] ready;

  /** Logs whose next segment is to be made, the longest waiting first. [this] */
  private final Deque<Integer> wishes = new ArrayDeque<>();

  /** Segments that are to be made yet. [this] */
  private int left;

  /** Creations begun and creations ended: odd while one is under way. [written under this] */
  private volatile int epoch;

  /** [this] */
  private boolean failed;

  /** A pipeline of {@code logs} logs, each of {@code segments} segments. */
  SegmentPipeline(int logs, int segments) {
    this.segments = segments;
    this.ready = new int[logs];
    Arrays.fill(ready, 1);
    this.left = logs * (segments - 1);
  }

  /**
   * Waits until {@code segment} of {@code log} is there, and asks for the next one.
   *
   * @return nanoseconds until it was there, or {@link #NONE} when it never will be
   */
  synchronized long awaitSegment(int log, int segment) {
    long start = System.nanoTime();
    while (ready[log] <= segment && !failed) {
      await();
    }
    long nanos = System.nanoTime() - start;
    if (segment + 1 < segments) {
      int before = epoch;
      wishes.add(log);
      notifyAll();
      while (!isCreatingSince(before) && !failed) {
        await();
      }
    }
    return failed ? NONE : nanos;
  }

  /** The log whose next segment is to be made now, or {@link #NONE} when all are or one failed. */
  synchronized int awaitWish() {
    while (wishes.isEmpty() && left > 0 && !failed) {
      await();
    }
    if (wishes.isEmpty() || failed) {
      return NONE;
    }
    left--;
    epoch++;
    notifyAll();
    return wishes.remove();
  }

  /** The segment that {@link #awaitWish} asked for is there. */
  synchronized void made(int log) {
    ready[log]++;
    epoch++;
    notifyAll();
  }

  /** Lets all others end because one failed. */
  synchronized void fail() {
    failed = true;
    notifyAll();
  }

  /** To be taken when an operation begins, for {@link #isCreatingSince}. */
  int epoch() {
    return epoch;
  }

  /** Whether a segment was being made, at least for a moment, since {@code before} was taken. */
  boolean isCreatingSince(int before) {
    return before % 2 == 1 || epoch != before;
  }

  @SuppressWarnings("WaitNotInLoop") // all callers look again
  private synchronized void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker was interrupted", e);
    }
  }
}
