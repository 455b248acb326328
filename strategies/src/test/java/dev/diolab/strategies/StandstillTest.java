package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StandstillTest {
  private static final long PERIOD = Standstill.PERIOD_NANOS;

  @Test
  void isATenthOfTheTimeAlsoWhereTheClockIsNegative() {
    for (long start : new long[] {0, 7 * PERIOD, -3 * PERIOD}) {
      long still =
          LongStream.range(0, 1000)
              .filter(i -> Standstill.rest(start + i * PERIOD / 1000) > 0)
              .count();
      assertThat(still).isEqualTo(100);
    }
  }

  @Test
  void lastsToTheEndOfItsPeriod() {
    assertThat(Standstill.rest(PERIOD / 10 * 9 - 1)).isZero();
    assertThat(Standstill.rest(PERIOD / 10 * 9)).isEqualTo(PERIOD / 10);
    assertThat(Standstill.rest(PERIOD - 1)).isEqualTo(1);
    assertThat(Standstill.rest(PERIOD)).isZero();
  }

  @Test
  void isOverWhenItReturns() {
    for (int i = 0; i < 100; i++) {
      long before = System.nanoTime();
      Standstill.await();
      assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(Standstill.rest(before));
    }
  }
}
