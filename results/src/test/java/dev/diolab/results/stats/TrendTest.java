package dev.diolab.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrendTest {
  private static final int SLICES = 15;
  private static final int SERIES = 2_000;

  @Test
  void aLineHasItsWholeRiseAndNoChanceToSpeakOf() {
    Trend trend =
        Trend.of(IntStream.range(0, SLICES).mapToDouble(i -> 90 * Math.pow(1.01, i)).toArray());

    assertThat(trend.ratio()).isCloseTo(Math.pow(1.01, 14), within(1e-9));
    assertThat(trend.chance()).isLessThan(1e-6);
  }

  /** By hand: 28 pairs rise and 0 fall of 8 values; the variance is 8 * 7 * 21 / 18 = 65.33. */
  @Test
  void theChanceIsThatOfMannAndKendall() {
    Trend rising = Trend.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8});

    // (28 - 1) / 8.083 = 3.340 deviations, beyond which lie 0.00084 of a normal distribution.
    assertThat(rising.chance()).isCloseTo(0.00084, within(0.00001));
  }

  /** By hand: four ties of two take 4 * 2 * 1 * 9 / 18 = 4 from the variance; 24 pairs rise. */
  @Test
  void tiesTakeFromTheVariance() {
    Trend steps = Trend.of(new double[] {1, 1, 2, 2, 3, 3, 4, 4});

    // (24 - 1) / sqrt(61.33) = 2.937 deviations
    assertThat(steps.chance()).isCloseTo(0.00332, within(0.00002));
  }

  @Test
  void aFallIsTheInverseOfARise() {
    double[] falling = IntStream.range(0, SLICES).mapToDouble(i -> 90 / Math.pow(1.2, i)).toArray();

    assertThat(Trend.of(falling).ratio()).isCloseTo(1 / Math.pow(1.2, 14), within(1e-9));
  }

  @Test
  void oneStallIsNoTrend() {
    double[] stalled = IntStream.range(0, SLICES).mapToDouble(i -> 100 + i % 2).toArray();
    stalled[14] = 1;

    assertThat(Trend.of(stalled).ratio()).isCloseTo(1, within(1e-9));
    stalled[14] = 0;
    assertThat(Trend.of(stalled).ratio()).isCloseTo(1, within(1e-9));
    assertThat(Trend.of(stalled).chance()).isGreaterThan(0.1);
  }

  @Test
  void equalValuesAndNothingAtAllHaveNoTrend() {
    assertThat(Trend.of(DoubleStream.generate(() -> 7).limit(SLICES).toArray()))
        .isEqualTo(new Trend(1, 1));
    assertThat(Trend.of(new double[SLICES])).isEqualTo(new Trend(1, 1));
  }

  @Test
  void tooFewValuesAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Trend.of(new double[7]));
  }

  @Test
  void noiseHasATrendAsOftenAsItsChanceSays() {
    Random random = new Random(30);
    int below = 0;
    int farBelow = 0;
    for (int i = 0; i < SERIES; i++) {
      double chance = Trend.of(series(random, 0)).chance();
      below += chance < 0.05 ? 1 : 0;
      farBelow += chance < 0.01 ? 1 : 0;
    }

    assertThat((double) below / SERIES).isCloseTo(0.05, within(0.012));
    assertThat((double) farBelow / SERIES).isLessThanOrEqualTo(0.012);
  }

  @Test
  void aRiseOfTwentyPercentIsFoundAmongSlicesThatScatterByFive() {
    Random random = new Random(31);
    int found = 0;
    double sum = 0;
    for (int i = 0; i < SERIES; i++) {
      Trend trend = Trend.of(series(random, 0.2));
      found += trend.chance() < 0.01 ? 1 : 0;
      sum += Math.log(trend.ratio());
    }

    assertThat((double) found / SERIES).isGreaterThan(0.85);
    assertThat(sum / SERIES).isCloseTo(0.2, within(0.01));
  }

  /** Slices around 100 that scatter by 5 % and rise by so much of that. */
  private static double[] series(Random random, double rise) {
    double[] values = new double[SLICES];
    for (int i = 0; i < SLICES; i++) {
      double place = (double) i / (SLICES - 1) - 0.5;
      values[i] = 100 * Math.exp(rise * place + 0.05 * random.nextGaussian());
    }
    return values;
  }
}
