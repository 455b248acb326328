package dev.diolab.results.stats;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Two samples of the same measure, and the one place that decides whether they are told apart.
 * Immutable.
 *
 * <p>They are told apart where all of this holds; else they tie:
 *
 * <ul>
 *   <li>the interval of their ratio leaves out 1: Student's t on logarithms with the degrees of
 *       freedom of Welch (1947), so that neither need scatter as the other does;
 *   <li>the ratio lies beyond the noise floor;
 *   <li>where there are enough rounds for Mann and Whitney's test of their ranks to decide
 *       anything, it agrees.
 * </ul>
 *
 * <p>So at most one in twenty pairs that are in truth equal is told apart, from two rounds each on.
 */
public final class Contrast {
  private final double ratio;
  private final Optional<StudentInterval> interval;
  private final OptionalDouble rankChance;
  private final NoiseFloor floor;

  private Contrast(Sample one, Sample other, NoiseFloor floor) {
    this.ratio = other.value() == 0 ? 0 : one.value() / other.value();
    this.floor = floor;
    boolean isKnown = one.hasSpread() && other.hasSpread();
    this.interval = isKnown ? Optional.of(welch(one, other, ratio)) : Optional.empty();
    this.rankChance =
        isKnown ? RankTest.chance(one.rounds(), other.rounds()) : OptionalDouble.empty();
  }

  /**
   * Compares {@code one} with {@code other}, which the ratio is divided by. The larger of their
   * noise floors holds, and at least the one that holds where none was measured.
   */
  public static Contrast of(Sample one, Sample other) {
    return of(one, other, NoiseFloor.LEAST);
  }

  /** The same where a floor is known from elsewhere; the largest of all holds. */
  public static Contrast of(Sample one, Sample other, NoiseFloor floor) {
    return new Contrast(one, other, floor.orLarger(one.floor()).orLarger(other.floor()));
  }

  /**
   * How large a ratio has to be for an even chance of being told from 1.
   *
   * @param rounds of each, at least 2
   * @param scatter standard deviation of the logarithms of rounds
   */
  public static double leastRatio(int rounds, double scatter) {
    double error = scatter * Math.sqrt(2.0 / rounds);
    return new StudentInterval(1, error, 2.0 * (rounds - 1)).ends().high();
  }

  private static StudentInterval welch(Sample one, Sample other, double ratio) {
    double oneVariance = one.logError() * one.logError();
    double otherVariance = other.logError() * other.logError();
    double variance = oneVariance + otherVariance;
    double freedom =
        variance == 0
            ? one.freedom() + other.freedom()
            : variance
                * variance
                / (oneVariance * oneVariance / one.freedom()
                    + otherVariance * otherVariance / other.freedom());
    return new StudentInterval(ratio, Math.sqrt(variance), freedom);
  }

  /** The first by the second; 0 where the second is 0. */
  public double ratio() {
    return ratio;
  }

  /** Whether both have a spread, without which nothing is told apart. */
  public boolean hasSpread() {
    return interval.isPresent();
  }

  /** The interval of the ratio; none unless both samples have a spread. */
  public Optional<ConfidenceInterval> interval() {
    return interval.map(StudentInterval::ends);
  }

  /**
   * How likely so large a ratio, or its inverse, is between equals, by Student's t; 1 without a
   * spread or below the noise floor.
   */
  public double chance() {
    return floor.hides(ratio) ? 1 : interval.map(StudentInterval::chanceUnderOne).orElse(1.0);
  }

  /**
   * How likely ranks of the rounds so far apart are between equals; empty where there are too few
   * rounds for them to say anything.
   */
  public OptionalDouble rankChance() {
    return rankChance;
  }

  /** Whether the two are not told apart. */
  public boolean isTie() {
    return chance() >= RankTest.SIGNIFICANT || rankChance.orElse(0) > RankTest.SIGNIFICANT;
  }

  /** Whether the first is told apart as the larger one. */
  public boolean isHigher() {
    return !isTie() && ratio > 1;
  }

  /** Whether the first is told apart as the smaller one. */
  public boolean isLower() {
    return !isTie() && ratio < 1;
  }
}
