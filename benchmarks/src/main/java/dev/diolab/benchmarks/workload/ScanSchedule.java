package dev.diolab.benchmarks.workload;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who does what when in a pass of SCAN+PUNCH, by the number of writes and never by the clock: the
 * pass has eight periods of equally many writes, the file is scanned in every second of them, and
 * in the middle of each period one file is truncated and grown again.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>writers together call {@link #nextWrite} as often as the pass has writes;
 *   <li>one scanner calls {@link #awaitScan} and, until {@link #goesOn} says no, reads on.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>the first write of a scanned period waits for the scanner to have begun, so that a slow
 *       scanner does not miss its period;
 *   <li>every period that is to be scanned is scanned, be it after the last write;
 *   <li>after {@link #fail} nobody waits.
 * </ol>
 */
final class ScanSchedule {
  /** Of these every second one is scanned. */
  static final int PERIODS = 8;

  /** No truncate is due. */
  static final int NONE = -1;

  private final int writes;
  private final AtomicInteger started = new AtomicInteger();

  /** Periods whose scan has begun: the number of the last one plus 1. [this] */
  private int scannedUpTo;

  private volatile boolean failed;

  /** A pass of {@code writes} writes, at least four for each period. */
  ScanSchedule(int writes) {
    if (writes < 4 * PERIODS) {
      throw new IllegalArgumentException("a pass of " + writes + " writes has no room for scans");
    }
    this.writes = writes;
  }

  /** The number of the write that the caller makes next, from 0; waits where a scan begins. */
  int nextWrite() {
    int write = started.getAndIncrement();
    for (int period = 1; period < PERIODS; period += 2) {
      if (write == firstOf(period)) {
        awaitScanner(period);
      }
    }
    return write;
  }

  /** Which of the truncates of the pass, from 0, is due before {@code write}, or {@link #NONE}. */
  int regrowBefore(int write) {
    for (int period = 0; period < PERIODS; period++) {
      if (write == (firstOf(period) + firstOf(period + 1)) / 2) {
        return period;
      }
    }
    return NONE;
  }

  /**
   * Waits for the next period that is scanned.
   *
   * @param period the last one, {@link #NONE} before the first
   * @return its number, or {@link #NONE} when there is none
   */
  synchronized int awaitScan(int period) {
    int next = period == NONE ? 1 : period + 2;
    if (next >= PERIODS) {
      return NONE;
    }
    while (started.get() <= firstOf(next) && !failed) {
      await();
    }
    return failed ? NONE : next;
  }

  /** Says that the scan of {@code period} has begun. */
  synchronized void scanning(int period) {
    scannedUpTo = period + 1;
    notifyAll();
  }

  /** Whether the scan of {@code period} goes on. */
  boolean goesOn(int period) {
    return started.get() < firstOf(period + 1) && !failed;
  }

  /** Lets all others end because one failed. */
  synchronized void fail() {
    failed = true;
    notifyAll();
  }

  private synchronized void awaitScanner(int period) {
    notifyAll();
    while (scannedUpTo <= period && !failed) {
      await();
    }
  }

  private int firstOf(int period) {
    return (int) ((long) period * writes / PERIODS);
  }

  @SuppressWarnings("WaitNotInLoop") // both callers look again
  private synchronized void await() {
    try {
      wait();
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker was interrupted", e);
    }
  }
}
