package dev.diolab.benchmarks.load;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * When the operations of one thread are due: what it was told beforehand, whatever becomes of the
 * operations.
 *
 * <p>Every thread has an equal share of the rate and a schedule of its own, like a client with one
 * connection. At a constant rate the threads begin one after the other, so that all arrivals
 * together are equally far apart; Poisson arrivals of all threads together are again a Poisson
 * process of the whole rate.
 *
 * <p>Thread safety: none. Equal arguments give equal schedules.
 */
public final class ArrivalSchedule {
  private static final double SECOND = 1e9;

  private final DoubleSupplier gaps;
  private double dueNanos;

  private ArrivalSchedule(double firstNanos, DoubleSupplier gaps) {
    this.gaps = gaps;
    this.dueNanos = firstNanos;
  }

  /**
   * The schedule of one of several threads.
   *
   * @param rate of all threads together
   * @param index of the thread, from 0 to {@code threads - 1}
   * @param seed of this thread; plays no part at a constant rate
   */
  public static ArrivalSchedule of(ArrivalRate rate, int threads, int index, long seed) {
    double gap = SECOND * threads / rate.opsPerSecond();
    return switch (rate.arrivals()) {
      case CONSTANT -> new ArrivalSchedule(gap * index / threads, () -> gap);
      case POISSON -> {
        SplittableRandom random = new SplittableRandom(seed);
        DoubleSupplier gaps = () -> -gap * Math.log1p(-random.nextDouble());
        yield new ArrivalSchedule(gaps.getAsDouble(), gaps);
      }
    };
  }

  /** When the next operation is due, in nanoseconds from the start; never less than before. */
  public long next() {
    long due = Math.round(dueNanos);
    dueNanos += gaps.getAsDouble();
    return due;
  }
}
