package dev.diolab.results.run;

import org.HdrHistogram.AbstractHistogram;

/**
 * Service time of whole operations (phase {@code total}) in microseconds: from the start of an
 * operation to its return, in a closed loop. It does not count how long an operation would have
 * queued under a fixed arrival rate.
 */
public record Latency(double p50Us, double p90Us, double p99Us, double p999Us, double maxUs) {

  /** Refuses negative latencies. */
  public Latency {
    Require.quantity("p50Us", p50Us);
    Require.quantity("p90Us", p90Us);
    Require.quantity("p99Us", p99Us);
    Require.quantity("p999Us", p999Us);
    Require.quantity("maxUs", maxUs);
  }

  /** The percentiles of a histogram of nanoseconds. */
  public static Latency of(AbstractHistogram nanoseconds) {
    return new Latency(
        Micros.percentile(nanoseconds, 50),
        Micros.percentile(nanoseconds, 90),
        Micros.percentile(nanoseconds, 99),
        Micros.percentile(nanoseconds, 99.9),
        Micros.max(nanoseconds));
  }
}
