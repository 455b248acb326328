package dev.diolab.benchmarks.load;

/**
 * How operations arrive, and how many.
 *
 * @param arrivals how they arrive
 * @param opsPerSecond operations a second of all threads together, above 0
 */
public record ArrivalRate(Arrivals arrivals, double opsPerSecond) {

  /** Refuses a rate at which nothing arrives. */
  public ArrivalRate {
    if (!(opsPerSecond > 0) || Double.isInfinite(opsPerSecond)) {
      throw new IllegalArgumentException(opsPerSecond + " operations a second are no rate");
    }
  }
}
