package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.stats.ConfidenceInterval;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {
  @ParameterizedTest
  @CsvSource({"0, 0", "7, 7", "7.25, 7.25", "72.51, 72.5", "725.4, 725", "52310.3, '52,310'"})
  void ratesHaveThreeDigitsOrAreWhole(double value, String text) {
    assertThat(Numbers.count(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.0004, 0.000",
    "0.312, 0.312",
    "8.456, 8.46",
    "84.06, 84.1",
    "12400, '12,400'"
  })
  void timesHaveThreeDigitsOrAreWhole(double value, String text) {
    assertThat(Numbers.micros(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"1.04, 1.04", "3.42, 3.4", "25.3, 25", "0.5, 0.50"})
  void ratiosAreShort(double value, String text) {
    assertThat(Numbers.ratio(value)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0, '0 %'", "0.004, '0.4 %'", "0.914, '91 %'", "1, '100 %'"})
  void sharesArePercent(double share, String text) {
    assertThat(Numbers.percent(share)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"54900000, 54.9", "673400000, 673", "1234500000, '1,235'"})
  void megabytesAreMillions(double bytesPerSecond, String text) {
    assertThat(Numbers.megabytes(bytesPerSecond)).isEqualTo(text);
  }

  @Test
  void anIntervalThatSaysNothingIsNotSpelledOut() {
    assertThat(Numbers.interval(new ConfidenceInterval(0.921, 1.049), Numbers::ratio))
        .isEqualTo("0.92–1.05");
    assertThat(Numbers.interval(new ConfidenceInterval(1, 100), Numbers::count)).isEqualTo("1–100");
    assertThat(Numbers.interval(new ConfidenceInterval(1, 100.1), Numbers::count)).isEqualTo("?");
    assertThat(Numbers.interval(new ConfidenceInterval(0, 1), Numbers::count)).isEqualTo("?");
  }

  @ParameterizedTest
  @CsvSource({"0.5, 0.50", "0.0286, 0.029", "0.0009, <0.001", "1, 1.00"})
  void chancesHaveTwoDigits(double chance, String text) {
    assertThat(Numbers.chance(chance)).isEqualTo(text);
  }
}
