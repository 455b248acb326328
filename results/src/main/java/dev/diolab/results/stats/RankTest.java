package dev.diolab.results.stats;

import java.util.OptionalDouble;
import org.apache.commons.statistics.inference.MannWhitneyUTest;

/**
 * The test of Mann and Whitney (1947): whether the rounds of one lie above those of the other more
 * than chance would order them, whatever their distribution. Exact for few rounds without equal
 * values.
 */
final class RankTest {
  /** What is less likely than this is not taken for chance. */
  static final double SIGNIFICANT = 1 - ConfidenceInterval.CONFIDENCE;

  private RankTest() {}

  /**
   * How likely an order so far apart is between equals, either way round; empty where even rounds
   * that do not overlap would not be significant.
   */
  static OptionalDouble chance(double[] one, double[] other) {
    if (leastChance(one.length, other.length) > SIGNIFICANT) {
      return OptionalDouble.empty();
    }
    double chance = MannWhitneyUTest.withDefaults().test(one, other).getPValue();
    // Where all values are equal there is no order to judge.
    return OptionalDouble.of(Double.isNaN(chance) ? 1 : chance);
  }

  /** Of all orders of equal values, two keep those of each side together. */
  private static double leastChance(int one, int other) {
    double orders = 1;
    for (int i = 1; i <= one; i++) {
      orders *= (double) (other + i) / i;
    }
    return 2 / orders;
  }
}
