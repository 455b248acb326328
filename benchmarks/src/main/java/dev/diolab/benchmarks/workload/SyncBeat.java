package dev.diolab.benchmarks.workload;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the one who makes a file durable when to do so: three seconds after the last time, or after
 * an eighth of all writes, whichever comes first, so that also a short run is interrupted by syncs.
 *
 * <p>Thread safety: {@link #completed} and {@link #fail} by any thread, {@link #awaitTurn} by one.
 */
final class SyncBeat {
  private static final long EVERY_NANOS = TimeUnit.SECONDS.toNanos(3);
  private static final int SHARE = 8;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final int writes;
  private final int everyWrites;

  /** [lock] */
  private int completed;

  /** Writes completed when the turn after this one is due. [lock] */
  private int due;

  /** [lock] */
  private boolean failed;

  /** A beat for a run of {@code writes}. */
  SyncBeat(int writes) {
    this.writes = writes;
    this.everyWrites = Math.max(1, writes / SHARE);
    this.due = everyWrites;
  }

  /** Counts one write. */
  void completed() {
    lock.lock();
    try {
      completed++;
      if (completed == due || completed == writes) {
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** No more writes will complete. */
  void fail() {
    lock.lock();
    try {
      failed = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until a sync is due; false when all writes are complete, or will never be. */
  boolean awaitTurn() {
    lock.lock();
    try {
      long left = EVERY_NANOS;
      while (completed < due && !isOver() && left > 0) {
        left = changed.awaitNanos(left);
      }
      due = completed + everyWrites;
      return !isOver();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted between two syncs", e);
    } finally {
      lock.unlock();
    }
  }

  private boolean isOver() {
    return failed || completed >= writes;
  }
}
