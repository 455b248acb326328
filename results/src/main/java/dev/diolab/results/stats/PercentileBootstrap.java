package dev.diolab.results.stats;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How far a percentile of all rounds together is off, by a bootstrap of two levels (Efron 1979;
 * Davison and Hinkley 1997, 3.8): rounds are drawn with replacement, and from those drawn as many
 * operations as they have. Drawing operations from a histogram is drawing the level of the
 * percentile, whose distribution is a beta: that of the order statistic.
 *
 * <p>A bootstrap of n rounds scatters too little by (n-1)/n; that is made good. Since rounds differ
 * also by the chance of their operations, counting both levels errs on the side of a larger error.
 * The seed is fixed. Immutable.
 */
public final class PercentileBootstrap {
  private static final int DRAWS = 400;
  private static final long SEED = 20261121;

  /** What was recorded, ascending. */
  private final long[] values;

  /** By round: how many operations took at most the value of the same index. */
  private final long[][] cumulative;

  private PercentileBootstrap(List<Histogram> rounds) {
    values = distinct(rounds.stream().flatMapToLong(PercentileBootstrap::recorded).toArray());
    cumulative = new long[rounds.size()][values.length];
    for (int round = 0; round < rounds.size(); round++) {
      long[] counts = cumulative[round];
      for (HistogramIterationValue step : rounds.get(round).recordedValues()) {
        counts[Arrays.binarySearch(values, step.getValueIteratedTo())] =
            step.getCountAddedInThisIterationStep();
      }
      for (int index = 1; index < counts.length; index++) {
        counts[index] += counts[index - 1];
      }
    }
  }

  private static LongStream recorded(Histogram round) {
    LongStream.Builder recorded = LongStream.builder();
    round.recordedValues().forEach(step -> recorded.add(step.getValueIteratedTo()));
    return recorded.build();
  }

  private static long[] distinct(long[] all) {
    Arrays.sort(all);
    int distinct = 0;
    for (int i = 0; i < all.length; i++) {
      if (i == 0 || all[i] != all[i - 1]) {
        all[distinct++] = all[i];
      }
    }
    return Arrays.copyOf(all, distinct);
  }

  /** Of the histograms of rounds, which are only read. */
  public static PercentileBootstrap of(List<Histogram> rounds) {
    return new PercentileBootstrap(rounds);
  }

  /**
   * The standard error of the logarithm of a percentile of all rounds together; infinite with fewer
   * than two rounds, or where a round recorded nothing.
   *
   * @param percent above 0, below 100
   */
  public double logError(double percent) {
    int rounds = cumulative.length;
    if (rounds < 2 || values.length == 0 || Arrays.stream(cumulative).anyMatch(this::isEmpty)) {
      return Double.POSITIVE_INFINITY;
    }
    SplittableRandom random = new SplittableRandom(SEED);
    double[] logs = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      int[] times = new int[rounds];
      for (int i = 0; i < rounds; i++) {
        times[random.nextInt(rounds)]++;
      }
      logs[draw] = Math.log(Math.max(1.0, (double) percentile(times, percent, random)));
    }
    return Deviation.of(logs) * Math.sqrt(rounds / (rounds - 1.0));
  }

  private boolean isEmpty(long[] round) {
    return round[round.length - 1] == 0;
  }

  /** The percentile of operations drawn from rounds that count so many times. */
  private long percentile(int[] times, double percent, SplittableRandom random) {
    long total = atMost(values.length - 1, times);
    double rank = Math.max(1, Math.ceil(percent / 100 * total));
    double below = Gamma.draw(rank, random);
    double above = Gamma.draw(total - rank + 1, random);
    return valueAt(below / (below + above) * total, times);
  }

  /** The smallest value that at least {@code rank} operations do not exceed. */
  private long valueAt(double rank, int[] times) {
    int low = 0;
    int high = values.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (atMost(middle, times) >= rank) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return values[low];
  }

  private long atMost(int index, int[] times) {
    long sum = 0;
    for (int round = 0; round < times.length; round++) {
      sum += times[round] * cumulative[round][index];
    }
    return sum;
  }
}
