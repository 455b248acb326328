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

  /**
   * What a value of this range divided by one of {@code other}'s may be; neither holds a negative
   * value. A division by 0 is 0, as of a cell in which nothing was done.
   */
  public Range over(Range other) {
    return new Range(other.max == 0 ? 0 : min / other.max, other.min == 0 ? max : max / other.min);
  }
}
