package dev.diolab.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContrastTest {
  /** By hand: logarithms 0.2 apart, errors 0.01 and 0.02, 1.47 degrees of freedom, t = 6.30. */
  @Test
  void theIntervalIsThatOfWelchOnLogarithms() {
    Sample one = sample(Math.exp(0.19), Math.exp(0.21));
    Sample other = sample(Math.exp(-0.02), Math.exp(0.02));

    Contrast contrast = Contrast.of(one, other);

    ConfidenceInterval interval = contrast.interval().orElseThrow();
    assertThat(contrast.ratio()).isCloseTo(Math.exp(0.2), within(1e-3));
    assertThat(Math.sqrt(interval.low() * interval.high()))
        .isCloseTo(contrast.ratio(), within(1e-9));
    double t = Math.log(interval.high() / contrast.ratio()) / Math.hypot(0.01, 0.02);
    assertThat(t).isBetween(6.0, 6.6);
  }

  @Test
  void theInverseHasTheInverseInterval() {
    Sample one = sample(100, 110, 105);
    Sample other = sample(80, 85, 79);

    ConfidenceInterval interval = Contrast.of(one, other).interval().orElseThrow();
    ConfidenceInterval inverse = Contrast.of(other, one).interval().orElseThrow();

    assertThat(1 / inverse.high()).isCloseTo(interval.low(), within(1e-9));
    assertThat(1 / inverse.low()).isCloseTo(interval.high(), within(1e-9));
    assertThat(Contrast.of(one, other).isHigher()).isTrue();
    assertThat(Contrast.of(other, one).isLower()).isTrue();
  }

  @Test
  void theChanceFallsBelowFivePercentWhereTheIntervalLeavesOutOne() {
    for (double shift = 1.02; shift < 1.4; shift += 0.01) {
      Contrast contrast =
          Contrast.of(sample(shift * 95, shift * 100, shift * 106), sample(96, 101, 104));

      assertThat(contrast.chance() < 0.05)
          .as("shift %s", shift)
          .isEqualTo(!contrast.interval().orElseThrow().contains(1));
    }
  }

  @Test
  void oneRoundTellsNothingApart() {
    Contrast contrast = Contrast.of(sample(1000), sample(10, 11));

    assertThat(contrast.ratio()).isCloseTo(1000 / 10.5, within(1e-9));
    assertThat(contrast.hasSpread()).isFalse();
    assertThat(contrast.interval()).isEmpty();
    assertThat(contrast.isTie()).isTrue();
  }

  @Test
  void aRoundInWhichNothingWasDoneTellsNothingApart() {
    assertThat(Contrast.of(sample(100, 101), sample(0, 50)).isTie()).isTrue();
    assertThat(Contrast.of(sample(100, 101), sample(0, 0)).ratio()).isZero();
    assertThat(Contrast.of(sample(0, 0), sample(0, 0)).isTie()).isTrue();
  }

  @Test
  void belowTheNoiseFloorEverythingTies() {
    Sample one = sample(1005, 1005, 1005);
    Sample other = sample(1000, 1000, 1000);

    assertThat(Contrast.of(one, other).isTie()).isTrue();
    assertThat(Contrast.of(other, one).isTie()).isTrue();
    assertThat(Contrast.of(one, other, new NoiseFloor(1.004)).isHigher()).isTrue();
    assertThat(Contrast.of(sample(1100, 1101), other, new NoiseFloor(1.11)).isTie()).isTrue();
    assertThat(Contrast.of(sample(1100, 1101), other, new NoiseFloor(1.05)).isHigher()).isTrue();
  }

  @Test
  void whatRanksDoNotTellApartTies() {
    // Welch alone would tell them apart; of 4 rounds each, one lies among those of the other.
    Sample one = sample(104, 104.5, 105, 99.9);
    Sample other = sample(97, 97.5, 98, 100);

    Contrast contrast = Contrast.of(one, other);

    assertThat(contrast.chance()).isLessThan(0.05);
    assertThat(contrast.rankChance().orElseThrow()).isGreaterThan(0.05);
    assertThat(contrast.isTie()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2, 2, false",
    "3, 3, false",
    "3, 4, false",
    "4, 4, true",
    "3, 5, true",
    "10, 10, true"
  })
  void ranksDecideOnlyWhereTheyCan(int one, int other, boolean decides) {
    assertThat(RankTest.chance(ascending(1, one), ascending(100, other)).isPresent())
        .isEqualTo(decides);
  }

  /** 2 of the 70 orders of 4 and 4 are as far apart. */
  @Test
  void theRankTestIsExactForFewRounds() {
    assertThat(RankTest.chance(ascending(1, 4), ascending(10, 4)).orElseThrow())
        .isCloseTo(2 / 70.0, within(1e-9));
  }

  @Test
  void roundsOfEqualValuesAreATie() {
    Sample equal = sample(5, 5, 5, 5, 5);

    assertThat(Contrast.of(equal, equal).isTie()).isTrue();
  }

  private static double[] ascending(double first, int count) {
    double[] values = new double[count];
    Arrays.setAll(values, i -> first + i);
    return values;
  }

  private static Sample sample(double... rounds) {
    return Sample.of(Arrays.stream(rounds).average().orElseThrow(), rounds);
  }
}
