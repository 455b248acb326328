package dev.diolab.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.diolab.results.report.SweepLines;
import dev.diolab.results.report.TerminalTable;
import dev.diolab.results.run.Offered;
import dev.diolab.results.run.RunFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenLoopReportTest {
  private static final String SENTENCE = "response time from the moment it was due";
  private static final int BLUE_OF_IOMAP = 0xFF0072B2;

  @TempDir private Path directory;

  @Test
  void aSweepHasItsChartsItsTableAndASentenceForEachStrategy() throws IOException {
    sweep();
    ReportWriter.Written written = ReportWriter.write(directory);

    assertThat(written.contradictions()).isEmpty();
    assertThat(written.sweeps()).hasSize(1);
    assertThat(directory.resolve("charts").toFile().list())
        .contains(
            "sweep-response-page-overwrite-4k-write-16t-poisson.svg",
            "sweep-achieved-page-overwrite-4k-write-16t-poisson.png");
    String report = report("report.md");
    assertThat(report)
        .contains("#### Sweep: PAGE-OVERWRITE 4k-write, 16 threads, poisson arrivals")
        .contains("- i-mutex: the knee is at 3,600 ops/s (90 % of its capacity)")
        .contains("- iomap-endio: the knee is at 3,600 ops/s (90 % of its capacity)")
        .contains("knee at 3,600 ops/s under i-mutex")
        .contains("Offered load, achieved load, service and response time")
        .contains(SENTENCE)
        .contains("they are counted, have no response time");
    assertThat(report.split("#### PAGE-OVERWRITE", -1))
        .as("the capacity alone, why and what")
        .hasSize(3);
  }

  @Test
  void theChartsOfASweepAreDrawn() throws IOException {
    sweep();
    ReportWriter.write(directory);

    for (String kind : List.of("response", "achieved")) {
      BufferedImage image =
          ImageIO.read(
              directory
                  .resolve("charts/sweep-" + kind + "-page-overwrite-4k-write-16t-poisson.png")
                  .toFile());
      assertThat(image.getRGB(150, 120, 700, 440, null, 0, 700)).as(kind).contains(BLUE_OF_IOMAP);
    }
  }

  @Test
  void theTerminalTellsTheKneesWithinItsWidth() throws IOException {
    sweep();
    ReportWriter.Written written = ReportWriter.write(directory);

    String lines = SweepLines.render(written.sweeps().getFirst(), 90);

    assertThat(lines)
        .startsWith("\nSweep, PAGE-OVERWRITE 4k-write, 16 threads, poisson arrivals\n");
    assertThat(lines.lines()).allMatch(line -> line.length() <= 90);
    assertThat(lines).contains("no-lock: the knee is at");
  }

  @Test
  void aRateShowsServiceAndResponseTimesSideBySide() throws IOException {
    RunFile run = rate();
    ReportWriter.write(directory);

    assertThat(report("report.md"))
        .contains("#### PAGE-OVERWRITE 4k-write, 2,000 ops/s constant")
        .contains("Achieved throughput, service time and response time, open loop")
        .contains("| service p99 µs |", "| response p99 µs |", "| unsent |", SENTENCE)
        .contains("| ops/s | response p50 µs | response p99 µs |")
        .contains("p99 of the response time (of the service time)")
        .contains("Latencies of a closed loop are service times")
        .doesNotContain("is fastest", "All latencies are");
    String table = TerminalTable.render(run, 200);
    assertThat(table)
        .contains("offered/s", "response p99 µs", "unsent")
        .doesNotContain("Service time in a closed loop");
    assertThat(table.replace('\n', ' ')).contains(SENTENCE);
  }

  @Test
  void benchstatHasTheRateAsAKey() throws IOException {
    rate();
    ReportWriter.write(directory);

    assertThat(report("benchstat.txt"))
        .contains("/strategy=i-mutex/policy=end-io/threads=16/rate=2000/arrivals=constant ");
  }

  @Test
  void benchstatHasTheShareOfASweepAsTheRate() throws IOException {
    sweep();
    ReportWriter.write(directory);

    assertThat(report("benchstat.txt")).contains("/threads=16/rate=90%/arrivals=poisson ");
  }

  @Test
  void aResponseTimeThatTheHistogramsContradictIsFound() throws IOException {
    rate();
    ObjectMapper mapper = new ObjectMapper();
    Path file = directory.resolve("run.json");
    ObjectNode tree = (ObjectNode) mapper.readTree(file.toFile());
    ((ObjectNode) tree.at("/cells/0/openLoop/response")).put("p99Us", 1);
    ((ObjectNode) tree.at("/cells/1/openLoop")).put("due", 5);
    mapper.writeValue(file.toFile(), tree);

    assertThat(ReportWriter.write(directory).contradictions())
        .satisfiesExactly(
            first -> assertThat(first).contains("openLoop.response.p99Us is 1.0"),
            second -> assertThat(second).contains("openLoop.due is 5"));
  }

  @Test
  void aRunWithoutOpenLoopsSaysNothingOfThem() throws IOException {
    SyntheticRun.in(directory, 3)
        .operationsPerRound(300)
        .add("PAGE-OVERWRITE", "4k-write", 4096, false, 4)
        .write();
    ReportWriter.write(directory);

    assertThat(report("report.md")).doesNotContain("unsent").doesNotContain(SENTENCE);
    assertThat(report("benchstat.txt")).doesNotContain("/rate=");
  }

  private RunFile rate() throws IOException {
    return SyntheticRun.in(directory, 5)
        .operationsPerRound(300)
        .offered(new Offered("constant", 2_000, null))
        .add("PAGE-OVERWRITE", "4k-write", 4096, false, 16)
        .write();
  }

  /** Every strategy gets the same loads here, so that the knees are known. */
  private void sweep() throws IOException {
    SyntheticRun run =
        SyntheticRun.in(directory, 5)
            .operationsPerRound(300)
            .add("PAGE-OVERWRITE", "4k-write", 4096, false, 16);
    for (int percent : List.of(10, 50, 90, 110)) {
      run.offered(new Offered("poisson", 40.0 * percent, percent))
          .add("PAGE-OVERWRITE", "4k-write", 4096, false, 16);
    }
    run.write();
  }

  private String report(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }
}
