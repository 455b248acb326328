package dev.diolab.engine.device;

import java.util.concurrent.locks.LockSupport;

/**
 * The time in which an {@link EmulatedDevice} lives. A test brings a clock of its own, which only
 * counts.
 *
 * <p>Thread safety: any number of threads at once.
 */
public interface EmulatedClock {
  /** Nanoseconds since some moment of the past; not negative, and never goes back. */
  long now();

  /** Returns when {@link #now} has reached {@code time}; does not heed interrupts. */
  void waitUntil(long time);

  /**
   * Real time. A thread that has long to wait sleeps; for the last part, in which a sleep would
   * overshoot, it yields again and again, so that others can use its CPU.
   */
  static EmulatedClock real() {
    return new RealClock();
  }

  /** Real time since its creation. */
  final class RealClock implements EmulatedClock {
    /** Linux wakes a thread up to 50 µs late (timer slack), and then it has to be scheduled. */
    private static final long OVERSHOOT_NANOS = 80_000;

    private final long origin = System.nanoTime();

    private RealClock() {}

    @Override
    public long now() {
      return System.nanoTime() - origin;
    }

    @Override
    @SuppressWarnings("ThreadPriorityCheck") // only how soon is left to the scheduler
    public void waitUntil(long time) {
      boolean interrupted = false;
      for (long rest = time - now(); rest > 0; rest = time - now()) {
        if (rest > OVERSHOOT_NANOS) {
          interrupted |= Thread.interrupted(); // an interrupted thread would not sleep
          LockSupport.parkNanos(this, rest - OVERSHOOT_NANOS);
        } else {
          Thread.yield();
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
