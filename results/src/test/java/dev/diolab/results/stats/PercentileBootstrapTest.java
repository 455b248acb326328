package dev.diolab.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentileBootstrapTest {
  private static final double MEDIAN = 80_000;
  private static final double WITHIN_ROUNDS = 0.5;

  /** The true percentile is that of operations of all rounds that could have been. */
  @ParameterizedTest(name = "{0} rounds, p{1}, rounds scatter by {2}")
  @CsvSource({
    "2, 50, 0.1, 0",
    "3, 50, 0.1, 0",
    "5, 50, 0.1, 0",
    "10, 50, 0.1, 0",
    "2, 99, 0.1, 2.326348",
    "3, 99, 0.1, 2.326348",
    "5, 99, 0.1, 2.326348",
    "10, 99, 0.1, 2.326348",
    "2, 99.9, 0.1, 3.090232",
    "3, 99.9, 0.1, 3.090232",
    "5, 99.9, 0.1, 3.090232",
    "10, 99.9, 0.1, 3.090232",
    "3, 99, 0, 2.326348"
  })
  void theIntervalHoldsTheTruePercentileInAtLeast19Of20(
      int rounds, double percent, double scatter, double normalQuantile) {
    double truth = MEDIAN * Math.exp(normalQuantile * Math.hypot(WITHIN_ROUNDS, scatter));
    Random random = new Random(28);
    int experiments = 300;
    int held = 0;
    for (int i = 0; i < experiments; i++) {
      List<Histogram> measured = rounds(rounds, scatter, 1_000, random);
      held += interval(measured, percent).contains(truth) ? 1 : 0;
    }

    assertThat((double) held / experiments).isGreaterThanOrEqualTo(0.94);
  }

  @Test
  void oneRoundOrAnEmptyOneTellsNoError() {
    Random random = new Random(1);
    List<Histogram> one = rounds(1, 0, 100, random);

    assertThat(PercentileBootstrap.of(one).logError(99)).isInfinite();
    assertThat(PercentileBootstrap.of(List.of()).logError(99)).isInfinite();
    assertThat(PercentileBootstrap.of(List.of(one.getFirst(), new Histogram(3))).logError(99))
        .isInfinite();
  }

  @Test
  void drawingAgainGivesTheSame() {
    List<Histogram> rounds = rounds(3, 0.1, 500, new Random(2));

    assertThat(PercentileBootstrap.of(rounds).logError(99))
        .isEqualTo(PercentileBootstrap.of(rounds).logError(99));
  }

  @Test
  void operationsCountWhereRoundsDoNotDiffer() {
    Histogram few = rounds(1, 0, 200, new Random(3)).getFirst();
    Histogram many = rounds(1, 0, 200_000, new Random(3)).getFirst();

    double ofFew = PercentileBootstrap.of(List.of(few, few)).logError(99);
    double ofMany = PercentileBootstrap.of(List.of(many, many)).logError(99);

    assertThat(ofFew).isGreaterThan(10 * ofMany);
  }

  @Test
  void aValueThatNeverVariesHasNoError() {
    Histogram constant = new Histogram(3);
    constant.recordValueWithCount(1_000, 500);

    assertThat(PercentileBootstrap.of(List.of(constant, constant)).logError(99)).isZero();
  }

  /** Mean and variance of a gamma distribution are its shape. */
  @ParameterizedTest
  @CsvSource({"1", "2.5", "40", "10000"})
  void gammaHasItsMeanAndVariance(double shape) {
    SplittableRandom random = new SplittableRandom(4);
    double[] values = new double[20_000];
    double sum = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = Gamma.draw(shape, random);
      sum += values[i];
    }

    assertThat(sum / values.length / shape).isCloseTo(1, within(0.03));
    assertThat(Deviation.of(values) / Math.sqrt(shape)).isCloseTo(1, within(0.03));
  }

  private static ConfidenceInterval interval(List<Histogram> measured, double percent) {
    Histogram all = new Histogram(3);
    measured.forEach(all::add);
    double[] byRound =
        measured.stream()
            .mapToDouble(round -> (double) round.getValueAtPercentile(percent))
            .toArray();
    double logError = PercentileBootstrap.of(measured).logError(percent);
    return Sample.of((double) all.getValueAtPercentile(percent), byRound, logError)
        .interval()
        .orElseThrow();
  }

  private static List<Histogram> rounds(int count, double scatter, int operations, Random random) {
    List<Histogram> rounds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Histogram round = new Histogram(3);
      double median = MEDIAN * Math.exp(scatter * random.nextGaussian());
      for (int j = 0; j < operations; j++) {
        round.recordValue((long) (median * Math.exp(WITHIN_ROUNDS * random.nextGaussian())));
      }
      rounds.add(round);
    }
    return rounds;
  }
}
