package dev.diolab.results.run;

import org.HdrHistogram.AbstractHistogram;

/** Latency of the separate fdatasync calls of a variant that has them, in microseconds. */
public record SyncLatency(long count, double p50Us, double p99Us, double maxUs) {

  /** Refuses negative quantities. */
  public SyncLatency {
    Require.count("count", count);
    Require.quantity("p50Us", p50Us);
    Require.quantity("p99Us", p99Us);
    Require.quantity("maxUs", maxUs);
  }

  /** The figures of a histogram of nanoseconds. */
  public static SyncLatency of(AbstractHistogram nanoseconds) {
    return new SyncLatency(
        nanoseconds.getTotalCount(),
        Micros.percentile(nanoseconds, 50),
        Micros.percentile(nanoseconds, 99),
        Micros.max(nanoseconds));
  }
}
