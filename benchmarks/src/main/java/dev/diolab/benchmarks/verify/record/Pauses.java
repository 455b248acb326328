package dev.diolab.benchmarks.verify.record;

import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/**
 * Short seeded pauses at the moments of a request, so that other threads get between two steps that
 * lie a microsecond apart.
 *
 * <p>A pause ends when the other threads have moved the clock on by some ticks, or after a number
 * of yields: it never waits for something that may not come.
 *
 * <p>Thread safety: all methods may be called at once; each thread has its own sequence.
 */
@SuppressWarnings("ThreadPriorityCheck") // to let others run is all that a yield is for here
final class Pauses {
  private static final int MOST_YIELDS = 40;

  private final LongSupplier clock;
  private final ThreadLocal<SplittableRandom> random;

  /** Pauses as long as it takes {@code clock} to move on. */
  Pauses(long seed, LongSupplier clock) {
    this.clock = clock;
    this.random = ThreadLocal.withInitial(() -> new SplittableRandom(seed));
  }

  /** Begins the sequence of the calling thread. */
  void begin(long seed) {
    random.set(new SplittableRandom(seed));
  }

  /** Pauses, or does not. */
  void pause() {
    pause(8);
  }

  /** Pauses more often: where a commit of somebody else changes what a crash leaves. */
  void pauseOften() {
    pause(3);
  }

  private void pause(int bound) {
    int choice = random.get().nextInt(bound);
    if (choice == 0) {
      waitForTicks(random.get().nextInt(1, 12));
    } else if (choice < 3) {
      Thread.yield();
    }
  }

  private void waitForTicks(int ticks) {
    long until = clock.getAsLong() + ticks;
    for (int i = 0; i < MOST_YIELDS && clock.getAsLong() < until; i++) {
      Thread.yield();
    }
  }
}
