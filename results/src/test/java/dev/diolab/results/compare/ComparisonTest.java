package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.Cells;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonTest {
  @Test
  void cellsOnDifferentDevicesAreNotCompared() {
    List<Comparison> comparisons =
        Comparison.of(
            List.of(
                Cells.of("i-mutex").measured(),
                Cells.of("i-mutex").device("memory").measured(),
                Cells.of("iomap-endio").measured()));

    assertThat(comparisons)
        .extracting(comparison -> comparison.subject().title())
        .containsExactly("PAGE-OVERWRITE 4k-write", "PAGE-OVERWRITE 4k-write (memory)");
    assertThat(comparisons.getFirst().members()).hasSize(2);
  }

  @Test
  void threadCountsAreAscendingWhateverTheOrderOfMeasuring() {
    Comparison comparison =
        Comparison.of(
                List.of(
                    Cells.of("i-mutex").threads(16).measured(),
                    Cells.of("i-mutex").threads(1).measured(),
                    Cells.of("i-mutex").threads(4).measured()))
            .getFirst();

    assertThat(comparison.threadCounts()).containsExactly(1, 4, 16);
    assertThat(comparison.mostThreads()).isEqualTo(16);
    assertThat(comparison.series().getFirst())
        .extracting(Measured::threads)
        .containsExactly(1, 4, 16);
  }

  @Test
  void thePolicyIsNamedOnlyWhereAStrategyHasSeveral() {
    Comparison comparison =
        Comparison.of(
                List.of(
                    Cells.of("i-mutex").policy("end-io").measured(),
                    Cells.of("i-mutex").policy("sync-commit").measured(),
                    Cells.of("iomap-endio").policy("sync-commit").measured()))
            .getFirst();

    assertThat(comparison.members())
        .extracting(comparison::label)
        .containsExactly("i-mutex + end-io", "i-mutex + sync-commit", "iomap-endio");
  }

  @ParameterizedTest
  @CsvSource({
    "PAGE-OVERWRITE, 4k-write, file, page-overwrite-4k-write",
    "TSO32, 'unwritten, dsync', file, tso32-unwritten-dsync",
    "TSO32, 'zeroed+fill, fdatasync', memory, tso32-zeroed-fill-fdatasync-memory",
    "LOCK-COST, ../x/y, file, lock-cost-x-y"
  })
  void aSlugIsAFileName(String workload, String variant, String device, String slug) {
    assertThat(new Subject(workload, variant, device).slug()).isEqualTo(slug);
  }
}
