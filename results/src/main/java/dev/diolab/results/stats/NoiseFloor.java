package dev.diolab.results.stats;

import java.util.Arrays;
import java.util.List;

/**
 * The ratio that two measurements of the same thing differ by even so. A smaller difference is not
 * reported, whatever the rounds say: rounds do not show everything that moves, from cell to cell
 * and from run to run.
 *
 * @param ratio at least 1
 */
public record NoiseFloor(double ratio) {
  /** Hides nothing but what is equal to the last digit. */
  public static final NoiseFloor NONE = new NoiseFloor(1);

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

  /**
   * The floor that twins show, cells that were measured twice in one run: the half-width of the
   * interval of their ratio, Student's t with the errors of all pairs pooled, or what {@link
   * #of(double...)} their ratios gives where that is larger; never below {@link #LEAST}. A pair
   * without a spread has a say by its ratio alone.
   */
  public static NoiseFloor ofTwins(List<Twins> pairs) {
    NoiseFloor seen =
        of(pairs.stream().mapToDouble(Twins::ratio).filter(ratio -> ratio > 0).toArray());
    List<Twins> spread = pairs.stream().filter(Twins::hasSpread).toList();
    if (spread.isEmpty()) {
      return seen;
    }
    double variance = spread.stream().mapToDouble(Twins::logVariance).average().orElseThrow();
    double freedom = spread.stream().mapToDouble(Twins::freedom).sum();
    double halfWidth = new StudentInterval(1, Math.sqrt(variance), freedom).ends().high();
    return seen.orLarger(new NoiseFloor(halfWidth));
  }

  /** The larger of the two. */
  public NoiseFloor orLarger(NoiseFloor other) {
    return other.ratio > ratio ? other : this;
  }

  /** Whether a ratio, or its inverse, is too small to be reported. */
  public boolean hides(double other) {
    return Math.max(other, 1 / other) <= ratio * (1 + ROUNDING);
  }
}
