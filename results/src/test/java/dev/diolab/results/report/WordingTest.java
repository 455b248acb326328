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

  /** Of the orders of 2n values, 2 n! n! keep both sides together; of all (2n)! orders. */
  @ParameterizedTest
  @CsvSource({"2, 3", "3, 10", "4, 35", "5, 126"})
  void theChanceOfComingApartIsThatOfRankings(int rounds, int comparisons) {
    assertThat(Wording.noise(List.of(rounds, rounds)))
        .contains("once in " + comparisons + " comparisons");
  }

  @Test
  void oneRoundHasNoSpread() {
    assertThat(Wording.noise(List.of(1, 1))).contains("Every cell", "no spread");
  }

  @Test
  void cellsOfOneRoundBesideRepeatedOnesAreToldApart() {
    assertThat(Wording.noise(List.of(1, 2, 5)))
        .contains("once in 3 comparisons", "Cells of one round show no spread")
        .doesNotContain("Every cell");
  }
}
