package dev.diolab.results.run;

import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/** Microseconds, to the nanosecond, from histograms of nanoseconds; an empty one gives 0. */
public final class Micros {
  private Micros() {}

  /** The value that {@code percent} of all values do not exceed. */
  public static double percentile(AbstractHistogram nanoseconds, double percent) {
    return nanoseconds.getValueAtPercentile(percent) / 1000.0;
  }

  /**
   * The values that {@link #percentile} gives, found in one pass.
   *
   * @param percents above 0, ascending
   */
  public static double[] percentiles(AbstractHistogram nanoseconds, double[] percents) {
    double[] values = new double[percents.length];
    int next = 0;
    for (HistogramIterationValue step : nanoseconds.recordedValues()) {
      while (next < percents.length
          && step.getTotalCountToThisValue() >= rank(nanoseconds, percents[next])) {
        values[next] = step.getValueIteratedTo() / 1000.0;
        next++;
      }
    }
    return values;
  }

  /** How many values lie at or below a percentile, as HdrHistogram counts them. */
  private static long rank(AbstractHistogram histogram, double percent) {
    double rank = Math.nextDown(percent) * histogram.getTotalCount() / 100.0;
    return Math.max(1, (long) Math.ceil(rank));
  }

  static double mean(AbstractHistogram nanoseconds) {
    return nanoseconds.getTotalCount() == 0 ? 0 : Math.rint(nanoseconds.getMean()) / 1000.0;
  }

  static double max(AbstractHistogram nanoseconds) {
    return nanoseconds.getMaxValue() / 1000.0;
  }
}
