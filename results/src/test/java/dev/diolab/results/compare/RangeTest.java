package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "1, 3, 2, 4, true",
    "1, 3, 3, 4, true",
    "1, 3, 3.1, 4, false",
    "1, 9, 2, 3, true",
    "5, 5, 5, 5, true",
    "5, 6, 1, 4.9, false"
  })
  void rangesOverlapWhereTheyShareAValue(
      double min, double max, double otherMin, double otherMax, boolean overlap) {
    Range one = new Range(min, max);
    Range other = new Range(otherMin, otherMax);

    assertThat(one.overlaps(other)).isEqualTo(overlap);
    assertThat(other.overlaps(one)).isEqualTo(overlap);
  }

  @Test
  void aQuotientGoesFromTheLeastByTheMostToTheMostByTheLeast() {
    assertThat(new Range(2, 6).over(new Range(4, 8))).isEqualTo(new Range(0.25, 1.5));
    assertThat(new Range(0, 0).over(new Range(0, 0))).isEqualTo(new Range(0, 0));
  }

  @Test
  void bothEndsBelongToARange() {
    Range range = new Range(1, 2);

    assertThat(range.contains(1)).isTrue();
    assertThat(range.contains(2)).isTrue();
    assertThat(range.contains(0.99)).isFalse();
    assertThat(range.contains(2.01)).isFalse();
  }
}
