package dev.diolab.results.stats;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * Whether values that follow each other in time rise or fall more than chance orders them, by the
 * test of Mann (1945) and Kendall (1975), and by how much, by the slope of Sen (1968) on their
 * logarithms: the median of the slopes of all pairs. Neither assumes a distribution, and single
 * outliers do not matter.
 *
 * @param chance how likely an order so far from none is without a trend, either way
 * @param ratio of the last value to the first by that slope
 */
public record Trend(double chance, double ratio) {
  /** Fewer values are too few for the normal distribution of the test. */
  public static final int LEAST_VALUES = 8;

  /** A value below this share of the median counts as that: its logarithm says nothing. */
  private static final double LEAST_SHARE = 1e-3;

  private static final Trend NONE = new Trend(1, 1);

  /**
   * The trend of values at equal distances; no trend where their median is not positive.
   *
   * @param values at least {@link #LEAST_VALUES}
   */
  public static Trend of(double[] values) {
    if (values.length < LEAST_VALUES) {
      throw new IllegalArgumentException(
          "%d values are too few for a trend".formatted(values.length));
    }
    double median = median(values.clone());
    return median > 0
        ? new Trend(chance(values), Math.exp(senSlope(logs(values, median)) * (values.length - 1)))
        : NONE;
  }

  /** Pairs that rise less pairs that fall, in terms of its deviation without a trend. */
  private static double chance(double[] values) {
    int sum = 0;
    for (int i = 0; i < values.length; i++) {
      for (int j = i + 1; j < values.length; j++) {
        sum += (int) Math.signum(values[j] - values[i]);
      }
    }
    double variance = weight(values.length) - tiedWeight(values);
    // The sum goes in steps of two, so that one lies halfway to the next.
    double distance = Math.max(0, Math.abs(sum) - 1);
    return variance <= 0
        ? 1
        : 2 * NormalDistribution.of(0, 1).survivalProbability(distance / Math.sqrt(variance));
  }

  /** The variance that so many different values give. */
  private static double weight(double count) {
    return count * (count - 1) * (2 * count + 5) / 18;
  }

  /** What groups of equal values take from it. */
  private static double tiedWeight(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double sum = 0;
    int from = 0;
    for (int to = 1; to <= sorted.length; to++) {
      if (to == sorted.length || sorted[to] != sorted[from]) {
        sum += weight(to - from);
        from = to;
      }
    }
    return sum;
  }

  private static double[] logs(double[] values, double median) {
    return Arrays.stream(values)
        .map(value -> Math.log(Math.max(value, LEAST_SHARE * median)))
        .toArray();
  }

  private static double senSlope(double[] values) {
    double[] slopes = new double[values.length * (values.length - 1) / 2];
    int count = 0;
    for (int i = 0; i < values.length; i++) {
      for (int j = i + 1; j < values.length; j++) {
        slopes[count++] = (values[j] - values[i]) / (j - i);
      }
    }
    return median(slopes);
  }

  /** Sorts the values. */
  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
