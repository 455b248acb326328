package dev.diolab.results.run;

import org.HdrHistogram.AbstractHistogram;

/** One phase over all operations of a cell, in microseconds; operations without it count as 0. */
public record PhaseStats(double p50Us, double p99Us, double meanUs) {

  /** A phase in which no time was spent. */
  public static final PhaseStats NONE = new PhaseStats(0, 0, 0);

  /** Refuses negative times. */
  public PhaseStats {
    Require.quantity("p50Us", p50Us);
    Require.quantity("p99Us", p99Us);
    Require.quantity("meanUs", meanUs);
  }

  /** The figures of a histogram of nanoseconds. */
  public static PhaseStats of(AbstractHistogram nanoseconds) {
    return new PhaseStats(
        Micros.percentile(nanoseconds, 50),
        Micros.percentile(nanoseconds, 99),
        Micros.mean(nanoseconds));
  }
}
