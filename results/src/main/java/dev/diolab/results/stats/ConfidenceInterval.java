package dev.diolab.results.stats;

/**
 * The ends of an interval that holds the true value in at least 19 of 20 cases ({@link
 * #CONFIDENCE}).
 */
public record ConfidenceInterval(double low, double high) {
  /** The share of intervals that hold the true value. */
  public static final double CONFIDENCE = 0.95;

  /** Refuses ends in the wrong order, and what is no number. */
  public ConfidenceInterval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("no interval goes from %s to %s".formatted(low, high));
    }
  }

  /** Whether {@code value} lies in the interval; both ends belong to it. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
