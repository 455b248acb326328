package dev.diolab.results.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class MicrosTest {
  @Test
  void percentilesOfOnePassAreThoseOfHdrHistogram() {
    Random random = new Random(5);
    for (int i = 0; i < 50; i++) {
      Histogram histogram = new Histogram(3);
      int values = 1 + random.nextInt(3_000);
      for (int value = 0; value < values; value++) {
        histogram.recordValueWithCount(
            (long) (50_000 * Math.exp(random.nextGaussian())), 1 + random.nextInt(5));
      }
      double[] percents = random.doubles(100, 0.001, 100).sorted().toArray();
      percents[99] = 100;

      assertThat(Micros.percentiles(histogram, percents))
          .isEqualTo(
              Arrays.stream(percents)
                  .map(percent -> Micros.percentile(histogram, percent))
                  .toArray());
    }
  }

  @Test
  void anEmptyHistogramGivesZeros() {
    assertThat(Micros.percentiles(new Histogram(3), new double[] {50, 99})).containsExactly(0, 0);
  }
}
