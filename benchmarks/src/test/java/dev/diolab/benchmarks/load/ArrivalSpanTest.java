package dev.diolab.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalSpanTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final int THREADS = 3;

  @Test
  void isWhatIsWantedWhereThereIsRoom() {
    assertThat(span(constant(1_000), () -> 1, 1_000, SECOND)).isEqualTo(SECOND);
  }

  @Test
  void endsWhenTheFirstIsDueThatHasNoRoom() {
    assertThat(span(constant(1_000), () -> 1, 10, SECOND)).isEqualTo(10 * MILLI);
    assertThat(span(constant(1_000), () -> 4, 10, SECOND)).isEqualTo(2 * MILLI);
  }

  @Test
  void endsWithoutAnOperationWhereNotEvenOneHasRoom() {
    assertThat(span(constant(1_000), () -> 2, 1, SECOND)).isZero();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void randomOperationsOfRandomSizesHaveRoomAndOneMoreWouldNot(long seed) {
    ArrivalRate rate = new ArrivalRate(Arrivals.POISSON, 5_000);
    int room = 700;

    List<ArrivalSpan.Demand> demands = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      demands.add(new ArrivalSpan.Demand(schedule(rate, i, seed), sizes(i, seed)));
    }
    long span = ArrivalSpan.nanos(demands, room, SECOND);

    assertThat(span).isLessThan(SECOND);
    assertThat(dueWithin(rate, span, seed)).isBetween(room - 9L, (long) room);
    assertThat(dueWithin(rate, span + 1, seed)).isGreaterThan(room);
  }

  /** What all threads together are asked for within a time. */
  private static long dueWithin(ArrivalRate rate, long nanos, long seed) {
    long sum = 0;
    for (int i = 0; i < THREADS; i++) {
      ArrivalSchedule schedule = schedule(rate, i, seed);
      IntSupplier sizes = sizes(i, seed);
      while (schedule.next() < nanos) {
        sum += sizes.getAsInt();
      }
    }
    return sum;
  }

  private static ArrivalSchedule schedule(ArrivalRate rate, int index, long seed) {
    return ArrivalSchedule.of(rate, THREADS, index, 31 * seed + index);
  }

  /** From 1 to 9. */
  private static IntSupplier sizes(int index, long seed) {
    SplittableRandom random = new SplittableRandom(17 * seed + index);
    return () -> random.nextInt(1, 10);
  }

  private static List<ArrivalSchedule> constant(double rate) {
    List<ArrivalSchedule> schedules = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      schedules.add(schedule(new ArrivalRate(Arrivals.CONSTANT, rate), i, 1));
    }
    return schedules;
  }

  private static long span(
      List<ArrivalSchedule> schedules, IntSupplier sizes, long room, long wanted) {
    List<ArrivalSpan.Demand> demands =
        schedules.stream().map(schedule -> new ArrivalSpan.Demand(schedule, sizes)).toList();
    return ArrivalSpan.nanos(demands, room, wanted);
  }
}
