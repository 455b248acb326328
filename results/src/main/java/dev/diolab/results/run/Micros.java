package dev.diolab.results.run;

import org.HdrHistogram.AbstractHistogram;

/** Microseconds, to the nanosecond, from histograms of nanoseconds; an empty one gives 0. */
public final class Micros {
  private Micros() {}

  /** The value that {@code percent} of all values do not exceed. */
  public static double percentile(AbstractHistogram nanoseconds, double percent) {
    return nanoseconds.getValueAtPercentile(percent) / 1000.0;
  }

  static double mean(AbstractHistogram nanoseconds) {
    return nanoseconds.getTotalCount() == 0 ? 0 : Math.rint(nanoseconds.getMean()) / 1000.0;
  }

  static double max(AbstractHistogram nanoseconds) {
    return nanoseconds.getMaxValue() / 1000.0;
  }
}
