package dev.diolab.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.Cells;
import dev.diolab.results.chart.Palette;
import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.Ranking;
import dev.diolab.results.run.Slices;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AnswerTableTest {
  private static final Slices RISING =
      new Slices(
          List.of(),
          IntStream.range(0, 15)
              .mapToObj(i -> new Slices.Slice(100 * Math.pow(1.01, i), 50))
              .toList());

  @Test
  void theBestIsCalledDriftingWhereItHadNotSettled() {
    List<String> throughput = throughput(slow(), fast().slices(RISING));

    assertThat(throughput).last().isEqualTo("1, drifting");
    assertThat(throughput).filteredOn(entry -> entry.contains("drifting")).hasSize(1);
  }

  @Test
  void soIsWhoTiesWithTheBest() {
    assertThat(throughput(slow().opsPerSecond(3380, 3400).slices(RISING), fast()).get(5))
        .endsWith(" tie, drifting");
  }

  @Test
  void whoDoesNotLeadIsNot() {
    assertThat(throughput(slow().slices(RISING), fast()))
        .noneMatch(entry -> entry.contains("drifting"));
  }

  private static Cells slow() {
    return Cells.of("i-mutex").opsPerSecond(990, 1010);
  }

  private static Cells fast() {
    return Cells.of("iomap-endio").opsPerSecond(3390, 3410);
  }

  /** The entries of the first row. */
  private static List<String> throughput(Cells... cells) {
    List<Comparison> comparisons = Comparison.of(Stream.of(cells).map(Cells::measured).toList());
    return AnswerTable.of(Ranking.answering(comparisons), Palette.of(comparisons))
        .orElseThrow()
        .rows()
        .getFirst()
        .entries()
        .stream()
        .map(Table.Entry::text)
        .toList();
  }
}
