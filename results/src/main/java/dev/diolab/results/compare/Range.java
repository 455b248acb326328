package dev.diolab.results.compare;

import java.util.Collection;

/** The smallest and the largest of some values. */
public record Range(double min, double max) {

  /**
   * The range of values.
   *
   * @throws IllegalArgumentException if there is no value
   */
  public static Range of(Collection<Double> values) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException("no value, no range");
    }
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (double value : values) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    return new Range(min, max);
  }

  /** Whether some value lies in both ranges. */
  public boolean overlaps(Range other) {
    return min <= other.max && other.min <= max;
  }
}
