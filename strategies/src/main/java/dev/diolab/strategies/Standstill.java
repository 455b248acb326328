package dev.diolab.strategies;

import dev.diolab.engine.locking.Sleeping;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The last tenth of each period of the clock, in which nothing begins.
 *
 * <p>Thread safety: no state.
 */
final class Standstill {
  /** Short against a round of a benchmark, long against a request. */
  static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private Standstill() {}

  /** Returns at once outside of a standstill, and when it is over inside of one. */
  static void await() {
    long rest = rest(System.nanoTime());
    if (rest > 0) {
      Sleeping.begin();
      for (; rest > 0; rest = rest(System.nanoTime())) {
        LockSupport.parkNanos(rest);
        if (Thread.currentThread().isInterrupted()) {
          break; // parking would return at once; whoever interrupted wants no slow-down
        }
      }
      Sleeping.end();
    }
  }

  /** Nanoseconds from {@code now} to the end of the standstill; 0 outside of one. */
  static long rest(long now) {
    long at = Math.floorMod(now, PERIOD_NANOS);
    return at < PERIOD_NANOS / 10 * 9 ? 0 : PERIOD_NANOS - at;
  }
}
