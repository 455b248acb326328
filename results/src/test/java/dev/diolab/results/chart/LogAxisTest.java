package dev.diolab.results.chart;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogAxisTest {
  private static final Percentage EXACT = Percentage.withPercentage(1e-6);

  @ParameterizedTest
  @CsvSource({
    "37, 20, 50",
    "1, 1, 1",
    "5, 5, 5",
    "9.99, 5, 10",
    "1000, 1000, 1000",
    "0.0013, 0.001, 0.002",
    "0.7, 0.5, 1"
  })
  void roundValuesEnclose(double value, double below, double above) {
    assertThat(LogAxis.roundDown(value)).isCloseTo(below, EXACT);
    assertThat(LogAxis.roundUp(value)).isCloseTo(above, EXACT);
  }

  @Test
  void labelsAreTheRoundValuesFromEndToEnd() {
    assertThat(LogAxis.labelled(20, 1000)).containsExactly(20.0, 50.0, 100.0, 200.0, 500.0, 1000.0);
  }

  @ParameterizedTest
  @CsvSource({"1, true", "2, true", "3, false", "4, false", "5, true", "500, true", "0.02, true"})
  void onlyRoundValuesAreLabelled(double value, boolean labelled) {
    assertThat(LogAxis.isLabelled(value)).isEqualTo(labelled);
  }
}
