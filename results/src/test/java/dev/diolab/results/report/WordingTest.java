package dev.diolab.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WordingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "TSO32",
        "SCAN+PUNCH",
        "BROKER-APPEND",
        "SEG-ROLL",
        "HEAP-EXTEND",
        "IBD-GROW",
        "LSM-FLUSH+WAL"
      })
  void everyDatabaseWorkloadSaysWhichQuestionItAnswers(String workload) {
    assertThat(Wording.workload(workload))
        .hasValueSatisfying(text -> assertThat(text).contains("?"));
  }

  @ParameterizedTest
  @CsvSource({"2, 1.54", "3, 1.25", "5, 1.16", "10, 1.10"})
  void whatSoManyRoundsCanTellApartIsSaid(int rounds, String times) {
    assertThat(Wording.noise(List.of(rounds, rounds)))
        .contains("at most once in 20 comparisons")
        .contains(
            "with %d rounds each, which scatter by 10 %%, about %s times."
                .formatted(rounds, times));
  }

  @Test
  void oneRoundHasNoSpread() {
    assertThat(Wording.noise(List.of(1, 1))).contains("Every cell", "no spread");
  }

  @Test
  void cellsOfOneRoundBesideRepeatedOnesAreToldApart() {
    assertThat(Wording.noise(List.of(1, 2, 5)))
        .contains("with 2 rounds each", "Cells of one round show no spread")
        .doesNotContain("Every cell");
  }
}
