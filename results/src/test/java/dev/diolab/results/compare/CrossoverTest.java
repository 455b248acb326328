package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.Cells;
import dev.diolab.results.run.Slices;
import dev.diolab.results.run.Slices.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrossoverTest {
  private static final List<Slice> WARMUP = List.of(new Slice(10, 900), new Slice(80, 200));

  @Test
  void aChangeOfTheLeadIsToldOnceForEachNumberOfThreadsThatBringsIt() {
    assertThat(
            of(
                at(1, "i-mutex", 1990, 2010),
                at(1, "iomap-endio", 1890, 1910),
                at(4, "i-mutex", 1990, 2010),
                at(4, "iomap-endio", 1990, 2020),
                at(8, "i-mutex", 1990, 2010),
                at(8, "iomap-endio", 5990, 6010),
                at(16, "i-mutex", 1990, 2010),
                at(16, "iomap-endio", 8990, 9010)))
        .hasValue(
            "With more threads others lead in throughput, or tie with who leads: from 1 on i-mutex;"
                + " from 4 on i-mutex and iomap-endio; from 8 on iomap-endio.");
  }

  @Test
  void nothingIsToldWhereTheSameLead() {
    assertThat(
            of(
                at(1, "i-mutex", 990, 1010),
                at(1, "iomap-endio", 1990, 2010),
                at(8, "i-mutex", 990, 1010),
                at(8, "iomap-endio", 7990, 8010)))
        .isEmpty();
  }

  @Test
  void oneRoundTellsNothing() {
    assertThat(
            of(
                at(1, "i-mutex", 2000),
                at(1, "iomap-endio", 1000),
                at(8, "i-mutex", 1000),
                at(8, "iomap-endio", 8000)))
        .isEmpty();
  }

  @Test
  void theCeilingDoesNotLead() {
    assertThat(
            of(
                at(1, "i-mutex", 990, 1010),
                at(1, "iomap-endio", 1990, 2010),
                at(1, "no-lock", 1990, 2010).ceiling(),
                at(8, "i-mutex", 990, 1010),
                at(8, "iomap-endio", 1990, 2010),
                at(8, "no-lock", 7990, 8010).ceiling()))
        .isEmpty();
  }

  @Test
  void aLeaderWhoseThroughputHadNotSettledIsNamed() {
    assertThat(
            of(
                at(1, "i-mutex", 1990, 2010).slices(rising(1.01, 1)),
                at(1, "iomap-endio", 1890, 1910).slices(rising(1.01, 1)),
                at(8, "i-mutex", 1990, 2010),
                at(8, "iomap-endio", 5990, 6010).slices(rising(1.02, 1)),
                at(16, "i-mutex", 1990, 2010),
                at(16, "iomap-endio", 8990, 9010).slices(rising(1, 1.03))))
        .hasValue(
            "With more threads others lead in throughput, or tie with who leads: from 1 on i-mutex;"
                + " from 8 on iomap-endio. Still drifting while measured: i-mutex at 1 thread"
                + " (throughput +15 %); iomap-endio at 8 threads (throughput +32 %).");
  }

  /** Slices whose throughput and p99 grow by a factor from each to the next. */
  private static Slices rising(double throughput, double p99) {
    List<Slice> measured = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      measured.add(new Slice(100 * Math.pow(throughput, i), 50 * Math.pow(p99, i)));
    }
    return new Slices(WARMUP, measured);
  }

  private static Cells at(int threads, String strategy, double... opsPerSecond) {
    double[] p99 = opsPerSecond.clone();
    return Cells.of(strategy).threads(threads).opsPerSecond(opsPerSecond).p99Us(p99);
  }

  private static Optional<String> of(Cells... cells) {
    return Crossover.of(Comparison.of(Stream.of(cells).map(Cells::measured).toList()).getFirst());
  }
}
