package dev.diolab.results.stats;

import org.apache.commons.statistics.descriptive.StandardDeviation;

/** The standard deviation of a population that values were drawn from. */
final class Deviation {
  private Deviation() {}

  /** Of at least two values. */
  static double of(double[] values) {
    return StandardDeviation.of(values).getAsDouble();
  }
}
