package dev.diolab.results.stats;

/**
 * The same figure of the same thing, measured twice in one run: what the two differ by is noise.
 *
 * @param one the figure that counts
 * @param other the one that was measured only to be compared with it
 */
public record Twins(Sample one, Sample other) {

  /** The second by the first; 0 where that cannot be said. */
  public double ratio() {
    return one.value() > 0 && other.value() > 0 ? other.value() / one.value() : 0;
  }

  /** Whether both have a spread, so that something is known of the error of their ratio. */
  public boolean hasSpread() {
    return one.hasSpread() && other.hasSpread();
  }

  /** Variance of the logarithm of the ratio. */
  double logVariance() {
    return one.logError() * one.logError() + other.logError() * other.logError();
  }

  /** Degrees of freedom of that: equals scatter alike, so those of both. */
  double freedom() {
    return one.freedom() + other.freedom();
  }
}
