package dev.diolab.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseFloorTest {
  @Test
  void fewPairsOfEqualsAreAllHidden() {
    NoiseFloor floor = NoiseFloor.of(1.02, 0.8, 1.1);

    assertThat(floor.ratio()).isEqualTo(1.25);
    assertThat(floor.hides(0.8)).isTrue();
    assertThat(floor.hides(1.25)).isTrue();
    assertThat(floor.hides(1.26)).isFalse();
    assertThat(floor.hides(0.79)).isFalse();
  }

  @Test
  void ofManyPairsNineteenInTwentyAreHidden() {
    Random random = new Random(5);
    double[] ratios = random.doubles(200, -0.5, 0.5).map(Math::exp).toArray();

    NoiseFloor floor = NoiseFloor.of(ratios);

    assertThat(Arrays.stream(ratios).filter(floor::hides)).hasSize(190);
  }

  @Test
  void ofTwinsItIsTheHalfWidthOfTheIntervalOfTheirRatio() {
    Twins twins = new Twins(sample(100, 104, 96), sample(101, 97, 103));

    NoiseFloor floor = NoiseFloor.ofTwins(List.of(twins));

    // Student's t of four degrees of freedom is 2.776.
    double error = Math.sqrt(twins.logVariance());
    assertThat(floor.ratio()).isCloseTo(Math.exp(2.776 * error), within(1e-3));
    assertThat(floor.ratio()).isBetween(1.05, 1.12);
  }

  @Test
  void morePairsOfTwinsThatScatterAlikeLeaveASmallerFloor() {
    Twins twins = new Twins(sample(100, 104, 96), sample(101, 97, 103));

    assertThat(NoiseFloor.ofTwins(List.of(twins, twins, twins)).ratio())
        .isLessThan(NoiseFloor.ofTwins(List.of(twins)).ratio());
  }

  @Test
  void twinsThatDifferByMoreThanTheirRoundsScatterRaiseTheFloorToThat() {
    NoiseFloor floor =
        NoiseFloor.ofTwins(List.of(new Twins(sample(1000, 1001), sample(1250, 1251))));

    assertThat(floor.ratio()).isCloseTo(1.25, within(0.001));
  }

  @Test
  void twinsOfOneRoundHaveASayByTheirRatioOnly() {
    assertThat(NoiseFloor.ofTwins(List.of(new Twins(sample(1000), sample(900)))).ratio())
        .isCloseTo(1 / 0.9, within(1e-9));
    assertThat(NoiseFloor.ofTwins(List.of(new Twins(sample(0, 0), sample(1, 1)))))
        .isEqualTo(NoiseFloor.LEAST);
    assertThat(NoiseFloor.ofTwins(List.of())).isEqualTo(NoiseFloor.LEAST);
  }

  private static Sample sample(double... rounds) {
    return Sample.of(Arrays.stream(rounds).average().orElseThrow(), rounds);
  }

  @Test
  void withoutPairsOrWithBetterOnesTheLeastFloorHolds() {
    assertThat(NoiseFloor.of()).isEqualTo(NoiseFloor.LEAST);
    assertThat(NoiseFloor.of(1.0001, 0.9999)).isEqualTo(NoiseFloor.LEAST);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.99, 0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aFloorBelowOneIsNone(double ratio) {
    assertThatIllegalArgumentException().isThrownBy(() -> new NoiseFloor(ratio));
  }
}
