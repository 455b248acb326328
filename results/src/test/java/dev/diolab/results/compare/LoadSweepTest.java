package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.Cells;
import dev.diolab.results.compare.LoadSweep.Curve;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LoadSweepTest {

  @Test
  void putsTheLoadsOfEachStrategyTogetherByAscendingLoad() {
    List<LoadSweep> sweeps =
        LoadSweep.of(
            Stream.of(
                    Cells.of("i-mutex"),
                    Cells.of("i-mutex").offered("poisson", 900, 90),
                    Cells.of("iomap-endio").offered("poisson", 4_500, 90),
                    Cells.of("i-mutex").offered("poisson", 100, 10))
                .map(Cells::cell)
                .toList());

    assertThat(sweeps).hasSize(1);
    LoadSweep sweep = sweeps.getFirst();
    assertThat(sweep.title()).isEqualTo("PAGE-OVERWRITE 4k-write, 16 threads, poisson arrivals");
    assertThat(sweep.curves()).extracting(Curve::label).containsExactly("i-mutex", "iomap-endio");
    assertThat(sweep.curves().getFirst().points())
        .extracting(LoadSweep.Point::offeredOpsPerSecond)
        .containsExactly(100.0, 900.0);
  }

  @Test
  void keepsThreadsVariantsAndArrivalsApart() {
    assertThat(
            LoadSweep.of(
                Stream.of(
                        Cells.of("i-mutex").offered("poisson", 100, 10),
                        Cells.of("i-mutex").offered("constant", 100, 10),
                        Cells.of("i-mutex").offered("poisson", 100, 10).threads(4),
                        Cells.of("i-mutex").offered("poisson", 100, 10).variant("4k-mixed"))
                    .map(Cells::cell)
                    .toList()))
        .hasSize(4);
  }

  @Test
  void aRateThatIsTheSameForAllIsAComparisonAndNoSweep() {
    List<Measured> cells =
        Stream.of(
                Cells.of("i-mutex"),
                Cells.of("i-mutex").offered("poisson", 5_000, null),
                Cells.of("iomap-endio").offered("poisson", 5_000, null),
                Cells.of("iomap-endio").offered("poisson", 4_500, 90))
            .map(Cells::measured)
            .toList();

    assertThat(LoadSweep.of(cells.stream().map(Measured::cell).toList()))
        .singleElement()
        .satisfies(sweep -> assertThat(sweep.curves()).hasSize(1));
    List<Comparison> comparisons = Comparison.of(cells);
    assertThat(comparisons)
        .extracting(comparison -> comparison.subject().title())
        .containsExactly("PAGE-OVERWRITE 4k-write", "PAGE-OVERWRITE 4k-write, 5,000 ops/s poisson");
    assertThat(comparisons).extracting(Comparison::isOpenLoop).containsExactly(false, true);
    assertThat(comparisons.getLast().members()).hasSize(2);
  }
}
