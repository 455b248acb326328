package dev.diolab.benchmarks.load;

import java.util.concurrent.locks.LockSupport;

/**
 * Parks until shortly before the deadline, then spins.
 *
 * <p>The kernel wakes a parked thread up to 50 µs late (its timer slack), so parking alone would
 * send each operation that much late, and spinning alone would take a CPU for each waiting thread.
 * What is left costs up to {@link #SPIN_NANOS} of a CPU for each operation that is sent in time: at
 * 10,000 operations a second half of a CPU at worst, which on a machine of two is a quarter of all
 * there is, and is taken from the strategies as well. Mostly it is far less, because the late
 * wake-up uses the time up; and a thread that is late waits for nothing, so near its capacity none
 * is spent.
 *
 * <p>Thread safety: for use by any number of threads.
 */
final class ParkingClock implements LoadClock {
  static final long SPIN_NANOS = 50_000;

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public void await(long deadlineNanos) {
    long left = deadlineNanos - System.nanoTime();
    while (left > 0) {
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(left - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
      left = deadlineNanos - System.nanoTime();
    }
  }
}
