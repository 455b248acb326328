package dev.diolab.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.Cells;
import dev.diolab.results.SyntheticRun;
import dev.diolab.results.run.RunFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalTableTest {
  @TempDir private static Path directory;
  private static RunFile run;

  @BeforeAll
  static void measure() throws IOException {
    run =
        SyntheticRun.in(directory, 9)
            .operationsPerRound(600)
            .add("PAGE-OVERWRITE", "4k-write", 4096, false, 1, 4)
            .add("TSO32", "unwritten, dsync", 32768, true, 4)
            .run();
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 100, 120, 200})
  void linesFitTheTerminal(int width) {
    assertThat(TerminalTable.render(run, width).lines())
        .allMatch(line -> line.length() <= width)
        .noneMatch(line -> line.endsWith(" "));
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 60, 80, 200})
  void whatMattersMostIsNeverLeftOut(int width) {
    assertThat(TerminalTable.render(run, width)).contains("strategy", "threads", "ops/s", "p99 µs");
  }

  @Test
  void aWideTerminalShowsAllColumns() {
    assertThat(TerminalTable.render(run, 200).lines().skip(1).findFirst().orElseThrow())
        .containsSubsequence(
            "strategy",
            "policy",
            "threads",
            "ops/s",
            "spread",
            "MB/s",
            "p50 µs",
            "p99 µs",
            "p99.9 µs",
            "max µs",
            "lock wait",
            "verdict");
  }

  @Test
  void theVerdictShowsOnAnOrdinaryTerminal() {
    assertThat(TerminalTable.render(run, 80)).contains("unchecked");
  }

  @Test
  void columnsAreAligned() {
    List<String> table =
        TerminalTable.render(run, 200).lines().filter(line -> line.contains("end-io")).toList();

    assertThat(table).hasSize(15);
    assertThat(table.stream().map(line -> line.indexOf("end-io "))).containsOnly(19);
    assertThat(table.stream().map(line -> line.indexOf("unchecked")).distinct()).hasSize(1);
  }

  @Test
  void rowsGoByThreadsThenBySpeedTheCeilingLast() {
    RunFile ordered =
        run(
            Cells.of("no-lock").ceiling().opsPerSecond(9, 9),
            Cells.of("i-mutex").opsPerSecond(1, 1),
            Cells.of("iomap-endio").opsPerSecond(5, 5),
            Cells.of("i-mutex").threads(1).opsPerSecond(7, 7));

    assertThat(TerminalTable.render(ordered, 80).lines().skip(2).limit(4))
        .extracting(line -> line.replaceAll("^(\\S+).*", "$1"))
        .containsExactly("i-mutex", "iomap-endio", "i-mutex", "no-lock");
  }

  @Test
  void memoryIsToldFromFile() {
    assertThat(TerminalTable.render(run(Cells.of("i-mutex").device("memory")), 80))
        .startsWith("PAGE-OVERWRITE 4k-write (memory)\n");
  }

  @Test
  void percentilesOfFewOperationsAreMarked() {
    assertThat(TerminalTable.render(run(Cells.of("i-mutex").operations(900)), 200))
        .contains("100*", "200*", "* fewer than ten operations were slower");
    assertThat(TerminalTable.render(run(Cells.of("i-mutex")), 200)).doesNotContain("*");
  }

  @Test
  void nothingMeasuredIsSaid() {
    assertThat(TerminalTable.render(run(), 80)).isEqualTo("Nothing was measured.\n");
  }

  private static RunFile run(Cells... cells) {
    return new RunFile(
        RunFile.SCHEMA,
        run.started(),
        1,
        run.environment(),
        run.git(),
        run.profile(),
        run.seed(),
        run.parameters(),
        run.verdicts(),
        Stream.of(cells).map(Cells::cell).toList());
  }
}
