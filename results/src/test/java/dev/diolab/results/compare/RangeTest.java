package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class RangeTest {
  @Test
  void itReachesFromTheSmallestToTheLargest() {
    assertThat(Range.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Range(1, 3));
    assertThat(Range.of(List.of(-4.0))).isEqualTo(new Range(-4, -4));
  }

  @Test
  void noValueHasNoRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> Range.of(List.of()));
  }

  @Test
  void aQuotientGoesFromTheLeastByTheMostToTheMostByTheLeast() {
    assertThat(new Range(2, 6).over(new Range(4, 8))).isEqualTo(new Range(0.25, 1.5));
    assertThat(new Range(0, 0).over(new Range(0, 0))).isEqualTo(new Range(0, 0));
  }
}
