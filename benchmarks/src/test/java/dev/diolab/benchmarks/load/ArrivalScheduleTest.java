package dev.diolab.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalScheduleTest {
  private static final int MANY = 200_000;

  @Test
  void threadsTakeTurnsAtAConstantRate() {
    ArrivalRate rate = new ArrivalRate(Arrivals.CONSTANT, 1_000);
    List<Long> all = new ArrayList<>();
    for (int thread = 0; thread < 4; thread++) {
      ArrivalSchedule schedule = ArrivalSchedule.of(rate, 4, thread, 7);
      LongStream.generate(schedule::next).limit(3).forEach(all::add);
    }

    assertThat(all.stream().sorted().toList())
        .isEqualTo(LongStream.range(0, 12).map(i -> i * 1_000_000).boxed().toList());
  }

  @Test
  void aConstantRateDoesNotDriftWhereADistanceIsNoWholeNanosecond() {
    ArrivalSchedule schedule = schedule(new ArrivalRate(Arrivals.CONSTANT, 3), 1);

    long[] due = LongStream.generate(schedule::next).limit(30_001).toArray();

    // Within a tenth of a microsecond after some hours.
    assertThat(due[30_000]).isCloseTo(10_000_000_000_000L, within(100L));
  }

  @Test
  void poissonArrivalsHaveTheRateAndExponentialDistances() {
    ArrivalSchedule schedule = schedule(new ArrivalRate(Arrivals.POISSON, 10_000), 42);
    long[] due = LongStream.generate(schedule::next).limit(MANY).toArray();
    double[] gaps = new double[MANY - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = due[i + 1] - due[i];
    }

    double mean = Arrays.stream(gaps).average().orElseThrow();
    double variance = Arrays.stream(gaps).map(gap -> (gap - mean) * (gap - mean)).sum() / MANY;
    long beyondMean = Arrays.stream(gaps).filter(gap -> gap > mean).count();
    long beyondThrice = Arrays.stream(gaps).filter(gap -> gap > 3 * mean).count();

    assertThat(mean).isCloseTo(100_000, within(1_000.0));
    assertThat(Math.sqrt(variance) / mean).as("1 for an exponential").isCloseTo(1, within(0.02));
    assertThat((double) beyondMean / MANY).isCloseTo(Math.exp(-1), within(0.005));
    assertThat((double) beyondThrice / MANY).isCloseTo(Math.exp(-3), within(0.003));
  }

  @Test
  void poissonArrivalsOfAllThreadsTogetherHaveTheWholeRate() {
    ArrivalRate rate = new ArrivalRate(Arrivals.POISSON, 8_000);
    long arrived = 0;
    for (int thread = 0; thread < 8; thread++) {
      ArrivalSchedule schedule = ArrivalSchedule.of(rate, 8, thread, thread);
      arrived +=
          LongStream.generate(schedule::next).takeWhile(due -> due < 10_000_000_000L).count();
    }

    // Of 80,000 arrivals one standard deviation is 283.
    assertThat(arrived).isCloseTo(80_000, within(1_000L));
  }

  @Test
  void theSeedDecidesPoissonArrivals() {
    ArrivalRate rate = new ArrivalRate(Arrivals.POISSON, 500);

    assertThat(first(schedule(rate, 1))).isEqualTo(first(schedule(rate, 1)));
    assertThat(first(schedule(rate, 1))).isNotEqualTo(first(schedule(rate, 2)));
  }

  @ParameterizedTest
  @EnumSource(Arrivals.class)
  void arrivalsNeverGoBack(Arrivals arrivals) {
    assertThat(first(schedule(new ArrivalRate(arrivals, 1e7), 3))).isSorted();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void whatIsNoRateIsRefused(double opsPerSecond) {
    assertThatThrownBy(() -> new ArrivalRate(Arrivals.CONSTANT, opsPerSecond))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are no rate");
  }

  private static ArrivalSchedule schedule(ArrivalRate rate, long seed) {
    return ArrivalSchedule.of(rate, 1, 0, seed);
  }

  private static List<Long> first(ArrivalSchedule schedule) {
    return LongStream.generate(schedule::next).limit(1_000).boxed().toList();
  }
}
