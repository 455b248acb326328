package dev.diolab.results.run;

import org.HdrHistogram.AbstractHistogram;

/**
 * Latency of whole operations in microseconds. Of a cell it is the service time (phase {@code
 * total}): from the start of an operation to its return, without the time that it queued or would
 * have queued under a fixed arrival rate. Of {@link OpenLoop} it is the response time.
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
