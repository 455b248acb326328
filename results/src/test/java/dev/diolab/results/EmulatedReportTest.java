package dev.diolab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.compare.Subject;
import dev.diolab.results.report.TerminalTable;
import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Wherever a figure of an emulated disk is shown, it is marked. */
class EmulatedReportTest {
  private static final String MARK = "EMULATED nvme-plp";

  @TempDir private static Path directory;
  private static RunFile run;

  @BeforeAll
  static void writeReports() throws IOException {
    SyntheticRun synthetic = SyntheticRun.in(directory, 42).operationsPerRound(1_500);
    for (String device : List.of("emulated-nvme-plp", "memory")) {
      for (int threads : new int[] {1, 4}) {
        for (String strategy : List.of("i-mutex", "no-lock")) {
          synthetic.add(
              new CellKey("TSO32", "unwritten, dsync", strategy, "end-io", threads, device),
              4096,
              true);
        }
      }
    }
    run = synthetic.write();
    ReportWriter.write(directory);
  }

  private static String text(String file) throws IOException {
    return Files.readString(directory.resolve(file));
  }

  @Test
  void theTitleOfTheReportsSaysSo() throws IOException {
    assertThat(text("report.md")).startsWith("# What does locking a direct write cost? (" + MARK);
    assertThat(text("report.html"))
        .contains("<title>diolab: What does locking a direct write cost? (" + MARK + ")</title>");
  }

  @Test
  void theReportsWarnBeforeTheFirstFigure() throws IOException {
    String report = text("report.md");

    assertThat(report).contains(MARK + ": the times of the disk are those of a model");
    assertThat(report.indexOf("are those of a model"))
        .isLessThan(report.indexOf("## Which strategy?"));
  }

  @Test
  void everyTitleAndTableOfItsCellsSaysSoAndNoOther() throws IOException {
    String report = text("report.md");

    assertThat(report)
        .contains("#### TSO32 unwritten, dsync (" + MARK + ")")
        .contains(
            "**TSO32 at the most threads: 1 is the best, in parentheses the 95 % interval (" + MARK)
        .contains("**Throughput and service time, closed loop (" + MARK + ")**")
        .contains("**Mean time per operation in each phase, µs (" + MARK + ")**")
        .contains("journal and device (" + MARK + ")**");
    assertThat(report)
        .contains("#### TSO32 unwritten, dsync (memory)")
        .contains("**Throughput and service time, closed loop**");
  }

  @Test
  void everyChartOfItSaysSo() throws IOException {
    try (Stream<Path> charts = Files.list(directory.resolve("charts"))) {
      List<Path> emulated =
          charts
              .filter(chart -> chart.toString().endsWith(".svg"))
              .filter(chart -> chart.toString().contains("emulated"))
              .toList();
      assertThat(emulated).hasSize(3);
      for (Path chart : emulated) {
        assertThat(chart).content().contains(MARK);
      }
    }
  }

  @Test
  void everyLineForBenchstatSaysSo() throws IOException {
    assertThat(text("benchstat.txt").lines().filter(line -> line.startsWith("Benchmark")))
        .hasSize(16)
        .allMatch(line -> line.contains("/device=EMULATED_nvme-plp/") || line.contains("=memory/"))
        .anyMatch(line -> line.contains("/device=EMULATED_nvme-plp/"));
  }

  @Test
  void theTerminalSaysSo() {
    assertThat(TerminalTable.render(run, 80))
        .contains("TSO32 unwritten, dsync (" + MARK + ")")
        .contains(MARK + ": the times of the disk are those of a model");
  }

  @Test
  void otherDevicesAreNotMarked() {
    Subject file = new Subject("TSO32", "unwritten, dsync", "file");
    Subject uring = new Subject("TSO32", "unwritten, dsync", "uring");

    assertThat(file.marked("heading")).isEqualTo("heading");
    assertThat(file.title()).isEqualTo("TSO32 unwritten, dsync");
    assertThat(uring.marked("heading")).isEqualTo("heading");
    assertThat(uring.title()).isEqualTo("TSO32 unwritten, dsync (uring)");
  }
}
