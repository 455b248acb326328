package dev.diolab.benchmarks.workload;

import java.util.concurrent.Phaser;
import org.jspecify.annotations.Nullable;

/**
 * How the threads of IBD-GROW go through the batches together: one batch is flushed by all
 * flushers, while the next one is made.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>one thread calls {@link #offer} for each batch, and then {@link #end};
 *   <li>one of the flushers calls {@link #take}; all of them call {@link #meet} equally often.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>a batch is taken once, in the order of offers;
 *   <li>what a flusher did before it met the others, they see afterwards;
 *   <li>after {@link #fail} nobody waits.
 * </ol>
 */
final class FlushRounds {
  private final Phaser flushers;

  /** Offered and not taken. [this] */
  private @Nullable FlushBatch next;

  /** The batch that is being flushed; null when there is none any more. */
  private volatile @Nullable FlushBatch current;

  /** [this] */
  private boolean ended;

  FlushRounds(int flushers) {
    this.flushers = new Phaser(flushers);
  }

  /** Waits until the last batch was taken, and leaves the next; false when a thread failed. */
  synchronized boolean offer(FlushBatch batch) {
    while (next != null && !ended) {
      await();
    }
    if (ended) {
      return false;
    }
    next = batch;
    notifyAll();
    return true;
  }

  /** No batch will follow those that were offered. */
  synchronized void end() {
    while (next != null && !ended) {
      await();
    }
    ended = true;
    notifyAll();
  }

  /** Waits for the next batch, which becomes the current one, or null when none will come. */
  synchronized @Nullable FlushBatch take() {
    while (next == null && !ended) {
      await();
    }
    FlushBatch taken = next;
    next = null;
    current = taken;
    notifyAll();
    return taken;
  }

  /** What {@link #take} gave last. */
  @Nullable FlushBatch current() {
    return current;
  }

  /** Waits for the other flushers; false when a thread failed. */
  boolean meet() {
    return flushers.arriveAndAwaitAdvance() >= 0;
  }

  /** Lets all others end because one failed. */
  synchronized void fail() {
    next = null;
    current = null;
    ended = true;
    notifyAll();
    flushers.forceTermination();
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
