package dev.diolab.results.stats;

import java.util.Arrays;

/**
 * The ratio that two measurements of the same thing differ by even so. A smaller difference is not
 * reported, whatever the rounds say: rounds of one run do not show what moves from run to run.
 *
 * @param ratio at least 1
 */
public record NoiseFloor(double ratio) {
  /** Where no pair of equals was measured: a difference below one percent decides nothing. */
  public static final NoiseFloor LEAST = new NoiseFloor(1.01);

  /** The share of pairs of equals that a floor hides. */
  private static final double HIDDEN = 0.95;

  private static final double ROUNDING = 1e-9;

  /** Refuses a ratio below 1. */
  public NoiseFloor {
    if (!(ratio >= 1) || Double.isInfinite(ratio)) {
      throw new IllegalArgumentException("a noise floor is %s, but at least 1".formatted(ratio));
    }
  }

  /**
   * The floor that hides 19 of 20 pairs of equals, all of fewer than 20; never below {@link
   * #LEAST}.
   *
   * @param ratios of one to the other of each pair, above 0
   */
  public static NoiseFloor of(double... ratios) {
    double[] sizes = Arrays.stream(ratios).map(ratio -> Math.max(ratio, 1 / ratio)).toArray();
    Arrays.sort(sizes);
    return sizes.length == 0
        ? LEAST
        : new NoiseFloor(Math.max(LEAST.ratio, sizes[(int) Math.ceil(HIDDEN * sizes.length) - 1]));
  }

  /** Whether a ratio, or its inverse, is too small to be reported. */
  public boolean hides(double other) {
    return Math.max(other, 1 / other) <= ratio * (1 + ROUNDING);
  }
}
