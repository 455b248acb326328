package dev.diolab.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SampleTest {
  /** Logarithms 0, 0.1, 0.2: deviation 0.1, error 0.1/sqrt(3); t of 2 degrees is 4.303. */
  @Test
  void theIntervalIsThatOfStudentOnLogarithms() {
    Sample sample = Sample.of(Math.exp(0.1), new double[] {1, Math.exp(0.1), Math.exp(0.2)});

    double reach = 4.302653 * 0.1 / Math.sqrt(3);
    assertThat(sample.logError()).isCloseTo(0.1 / Math.sqrt(3), within(1e-9));
    ConfidenceInterval interval = sample.interval().orElseThrow();
    assertThat(interval.low()).isCloseTo(Math.exp(0.1 - reach), within(1e-5));
    assertThat(interval.high()).isCloseTo(Math.exp(0.1 + reach), within(1e-5));
  }

  @Test
  void theUnitDoesNotMatter() {
    ConfidenceInterval small = Sample.of(2, new double[] {1, 3}).interval().orElseThrow();
    ConfidenceInterval large = Sample.of(2000, new double[] {1000, 3000}).interval().orElseThrow();

    assertThat(large.low()).isCloseTo(1000 * small.low(), within(1e-6));
    assertThat(large.high()).isCloseTo(1000 * small.high(), within(1e-6));
  }

  @Test
  void withoutScatterTheIntervalIsAPoint() {
    assertThat(Sample.of(7, new double[] {7, 7}).interval()).contains(new ConfidenceInterval(7, 7));
  }

  @Test
  void oneRoundOrNothingDoneHasNoInterval() {
    assertThat(Sample.of(7, new double[] {7}).interval()).isEmpty();
    assertThat(Sample.of(3.5, new double[] {7, 0}).interval()).isEmpty();
    assertThat(Sample.of(7, new double[] {7, 7}, Double.POSITIVE_INFINITY).interval()).isEmpty();
  }

  @Test
  void roundsCannotBeChangedFromOutside() {
    double[] rounds = {1, 2};
    Sample sample = Sample.of(1.5, rounds);
    rounds[0] = 9;
    sample.rounds()[1] = 9;

    assertThat(sample.rounds()).containsExactly(1, 2);
  }
}
