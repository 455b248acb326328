package dev.diolab.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.diolab.results.stats.Simulation.Noise;
import dev.diolab.results.stats.Simulation.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Repeats the tables of engine/docs/adr/0028-what-rounds-tell-apart.md. */
class ContrastCoverageTest {
  private static final int PAIRS = 2_000;
  private static final long SEED = 28;
  private static final double PRECISION = 0.01;

  @ParameterizedTest(name = "{0} rounds, scatter {1} and {2}")
  @CsvSource({
    "2, 0.03, 0.03, 0.98", "3, 0.03, 0.03, 0.97", "5, 0.03, 0.03, 0.95", "10, 0.03, 0.03, 0.95",
    "2, 0.10, 0.10, 0.98", "3, 0.10, 0.10, 0.97", "5, 0.10, 0.10, 0.95", "10, 0.10, 0.10, 0.95",
    "2, 0.30, 0.30, 0.98", "3, 0.30, 0.30, 0.97", "5, 0.30, 0.30, 0.95", "10, 0.30, 0.30, 0.95",
    "2, 0.05, 0.30, 0.95", "3, 0.05, 0.30, 0.94", "5, 0.05, 0.30, 0.94", "10, 0.05, 0.30, 0.95"
  })
  void theIntervalHoldsTheTrueRatioAsOftenAsItSays(
      int rounds, double oneScatter, double otherScatter, double coverage) {
    double ratio = 1.3;
    Simulation simulation = new Simulation(SEED, Noise.PLAIN);
    int held = 0;
    for (int i = 0; i < PAIRS; i++) {
      Pair pair = simulation.pair(rounds, ratio, oneScatter, otherScatter);
      held += pair.contrast().interval().orElseThrow().contains(ratio) ? 1 : 0;
    }

    assertThat((double) held / PAIRS).isCloseTo(coverage, within(PRECISION));
  }

  @ParameterizedTest(name = "{0} rounds, scatter {1}, {2}")
  @CsvSource({
    "2, 0.1, PLAIN", "3, 0.1, PLAIN", "5, 0.1, PLAIN", "10, 0.1, PLAIN",
    "2, 0.2, PLAIN", "3, 0.2, PLAIN", "5, 0.2, PLAIN", "10, 0.2, PLAIN",
    "2, 0.3, PLAIN", "3, 0.3, PLAIN", "5, 0.3, PLAIN", "10, 0.3, PLAIN",
    "2, 0.1, DRIFT", "3, 0.1, DRIFT", "5, 0.1, DRIFT", "10, 0.1, DRIFT",
    "2, 0.1, STALLS", "3, 0.1, STALLS", "5, 0.1, STALLS", "10, 0.1, STALLS"
  })
  void atMostOneInTwentyPairsOfEqualsHasAFalseWinner(int rounds, double scatter, Noise noise) {
    Simulation simulation = new Simulation(SEED, noise);
    int winners = 0;
    for (int i = 0; i < PAIRS; i++) {
      winners += simulation.pair(rounds, 1, scatter, scatter).contrast().isTie() ? 0 : 1;
    }

    assertThat((double) winners / PAIRS).isLessThanOrEqualTo(0.05);
  }

  /** Two pairs of twins, as quick has of PAGE-OVERWRITE. */
  @ParameterizedTest(name = "{0} rounds, {1}")
  @CsvSource({
    "2, PLAIN, 0.01", "3, PLAIN, 0.01", "5, PLAIN, 0.02",
    "2, STALLS, 0.01", "3, STALLS, 0.01", "5, STALLS, 0.01"
  })
  void theFloorOfTwinsLeavesFewerFalseWinners(int rounds, Noise noise, double most) {
    Simulation simulation = new Simulation(SEED, noise);
    int winners = 0;
    int alone = 0;
    for (int i = 0; i < PAIRS; i++) {
      NoiseFloor floor = floor(simulation, rounds, 0.1);
      Pair pair = simulation.pair(rounds, 1, 0.1, 0.1);
      winners += Contrast.of(pair.one().with(floor), pair.other()).isTie() ? 0 : 1;
      alone += pair.contrast().isTie() ? 0 : 1;
    }

    assertThat(winners).isLessThan(alone);
    assertThat((double) winners / PAIRS).isLessThanOrEqualTo(most);
  }

  @ParameterizedTest(name = "{0} rounds, scatter {1}")
  @CsvSource({"3, 0.01, 0.99", "3, 0.02, 0.95", "5, 0.03, 0.95"})
  void theFloorOfTwinsStillLetsASlowDownOfTenPercentBeFound(
      int rounds, double scatter, double least) {
    Simulation simulation = new Simulation(SEED, Noise.PLAIN);
    int found = 0;
    for (int i = 0; i < PAIRS; i++) {
      NoiseFloor floor = floor(simulation, rounds, scatter);
      Pair pair = simulation.pair(rounds, 0.9, scatter, scatter);
      found += Contrast.of(pair.one().with(floor), pair.other()).isLower() ? 1 : 0;
    }

    assertThat((double) found / PAIRS).isGreaterThanOrEqualTo(least);
  }

  private static NoiseFloor floor(Simulation simulation, int rounds, double scatter) {
    List<Twins> twins = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Pair pair = simulation.pair(rounds, 1, scatter, scatter);
      twins.add(new Twins(pair.one(), pair.other()));
    }
    return NoiseFloor.ofTwins(twins);
  }

  @Test
  void aSlowDownOfTenPercentIsFoundByTenRoundsAndItsSizeLiesInTheInterval() {
    Simulation simulation = new Simulation(SEED, Noise.PLAIN);
    int found = 0;
    int held = 0;
    for (int i = 0; i < PAIRS; i++) {
      Contrast contrast = simulation.pair(10, 0.9, 0.03, 0.03).contrast();
      found += contrast.isLower() ? 1 : 0;
      held += contrast.interval().orElseThrow().contains(0.9) ? 1 : 0;
    }

    assertThat(found).isEqualTo(PAIRS);
    assertThat((double) held / PAIRS).isGreaterThanOrEqualTo(0.94);
  }

  @ParameterizedTest(name = "{0} rounds")
  @CsvSource({"2, 0.67", "3, 0.90", "5, 0.99"})
  void rangesOfRoundsThatDoNotOverlapAreNoSuchFinding(int rounds, double ties) {
    Simulation simulation = new Simulation(SEED, Noise.PLAIN);
    int overlapping = 0;
    for (int i = 0; i < PAIRS; i++) {
      Pair pair = simulation.pair(rounds, 1, 0.1, 0.1);
      overlapping += overlap(pair.one().rounds(), pair.other().rounds()) ? 1 : 0;
    }

    assertThat((double) overlapping / PAIRS).isCloseTo(ties, within(0.02));
  }

  @ParameterizedTest(name = "{0} rounds")
  @CsvSource({"2, 0.67", "3, 0.80", "5, 0.88", "10, 0.91"})
  void aBootstrapOverFewRoundsCoversTooLittle(int rounds, double coverage) {
    Simulation simulation = new Simulation(SEED, Noise.PLAIN);
    Random random = new Random(SEED);
    int held = 0;
    for (int i = 0; i < PAIRS; i++) {
      Pair pair = simulation.pair(rounds, 1.3, 0.1, 0.1);
      held += bootstrapInterval(pair, random).contains(1.3) ? 1 : 0;
    }

    assertThat((double) held / PAIRS).isCloseTo(coverage, within(0.02));
  }

  private static boolean overlap(double[] one, double[] other) {
    return Arrays.stream(one).min().orElseThrow() <= Arrays.stream(other).max().orElseThrow()
        && Arrays.stream(other).min().orElseThrow() <= Arrays.stream(one).max().orElseThrow();
  }

  /** The 2.5th and 97.5th percentile of ratios of means of rounds drawn with replacement. */
  private static ConfidenceInterval bootstrapInterval(Pair pair, Random random) {
    double[] ratios = new double[399];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = drawnMean(pair.one().rounds(), random) / drawnMean(pair.other().rounds(), random);
    }
    Arrays.sort(ratios);
    return new ConfidenceInterval(ratios[9], ratios[389]);
  }

  private static double drawnMean(double[] rounds, Random random) {
    double sum = 0;
    for (int i = 0; i < rounds.length; i++) {
      sum += rounds[random.nextInt(rounds.length)];
    }
    return sum / rounds.length;
  }
}
