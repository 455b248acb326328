package dev.diolab.benchmarks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.run.Cell;
import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.Effects;
import dev.diolab.results.run.Git;
import dev.diolab.results.run.HistogramFile;
import dev.diolab.results.run.Interval;
import dev.diolab.results.run.Latency;
import dev.diolab.results.run.Phase;
import dev.diolab.results.run.PhaseStats;
import dev.diolab.results.run.Phases;
import dev.diolab.results.run.Promise;
import dev.diolab.results.run.RunFile;
import dev.diolab.results.run.Throughput;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
  private static final Instant STARTED = Instant.parse("2026-11-21T07:00:00Z");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void printsWhatIsSlowerAndFailsOnlyWhereAskedTo() throws IOException {
    String first = run("first", "i-mutex", 1000, 1010, 990, 1005, 995);
    String slower = run("slower", "i-mutex", 900, 910, 890, 905, 895);

    assertThat(compare(first, slower)).isZero();
    assertThat(out.toString())
        .startsWith("# Runs side by side\n")
        .contains("- B against A: of 1 cell, 0 faster, 1 slower, 0 tie; the median ratio is 0.90.")
        .contains("**0.90 (0.89–0.91) slower**");
    assertThat(compare("--fail-on-slower", first, slower)).isEqualTo(1);
    assertThat(compare("--fail-on-slower", slower, first)).as("faster").isZero();
    assertThat(compare("--fail-on-slower", first, first + "/../first")).isEqualTo(2);
    assertThat(err.toString()).contains("is named twice");
  }

  @Test
  void callsEqualRunsATie() throws IOException {
    String first = run("first", "i-mutex", 1000, 1110, 990);
    String again = run("again", "i-mutex", 1020, 930, 1100);

    assertThat(compare("--fail-on-slower", first, again)).isZero();
    assertThat(out.toString()).contains("0 faster, 0 slower, 1 tie");
  }

  @Test
  void writesAPageWhereAskedTo() throws IOException {
    Path page = directory.resolve("compare.html");

    int code =
        compare(
            "--html",
            page.toString(),
            run("first", "i-mutex", 1, 2),
            run("other", "i-mutex", 1, 2));

    assertThat(code).isZero();
    assertThat(page).content().startsWith("<!DOCTYPE html>").contains("Runs side by side");
    assertThat(
            compare(
                "--html", directory + "/none/x.html", directory + "/first", directory + "/other"))
        .isEqualTo(3);
  }

  @Test
  void mergesOnlyRepetitionsAndOnlyIntoANewDirectory() throws IOException {
    String first = run("first", "i-mutex", 1, 2);
    String again = run("again", "i-mutex", 1, 2);
    Path merged = directory.resolve("merged");

    assertThat(compare("--merge", merged.toString(), first, again)).isEqualTo(2);
    assertThat(err.toString()).contains("not all of the same code with the same settings");
    for (String name : List.of("first", "again")) {
      Path file = directory.resolve(name).resolve("run.json");
      Files.writeString(file, Files.readString(file).replace("\"unknown\"", "\"89d48d6f\""));
    }
    assertThat(compare("--merge", merged.toString(), first, again)).isZero();
    assertThat(merged.toFile().list())
        .containsExactly("page-overwrite-4k-write-i-mutex-end-io-4-threads.hlog");
    assertThat(compare("--merge", merged.toString(), first, again)).isEqualTo(2);
    assertThat(err.toString()).contains("exists already");
  }

  @Test
  void refusesRunsOfAnotherSchemaOrWithoutACommonCell() throws IOException {
    String first = run("first", "i-mutex", 1, 2);
    String other = run("other", "iomap-endio", 1, 2);

    assertThat(compare(first, other)).isEqualTo(2);
    assertThat(err.toString()).contains("these runs have no cell in common");
    Path file = directory.resolve("other/run.json");
    Files.writeString(file, Files.readString(file).replace("diolab-run/1", "diolab-run/9"));
    assertThat(compare(first, other)).isEqualTo(2);
    assertThat(err.toString()).contains("schema is \"diolab-run/9\", but this diolab reads");
    assertThat(out.toString()).isEmpty();
  }

  private int compare(String... arguments) {
    List<String> all = new ArrayList<>(List.of("compare"));
    all.addAll(List.of(arguments));
    return Diolab.run(
        new PrintWriter(out, true), new PrintWriter(err, true), all.toArray(new String[0]));
  }

  /** A run of one cell with these throughputs. */
  private String run(String name, String strategy, double... opsPerSecond) throws IOException {
    Path run = Files.createDirectories(directory.resolve(name));
    Histogram latencies = new Histogram(3);
    latencies.recordValueWithCount(50_000, 100);
    List<Throughput.Round> rounds = new ArrayList<>();
    List<Interval> intervals = new ArrayList<>();
    for (double one : opsPerSecond) {
      rounds.add(new Throughput.Round(100, 409_600, 100 / one));
      intervals.add(new Interval(Phase.TOTAL, STARTED, STARTED.plusSeconds(1), latencies));
    }
    HistogramFile.write(run.resolve("cell.hlog"), STARTED, intervals);
    Cell cell =
        new Cell(
            new CellKey("PAGE-OVERWRITE", "4k-write", strategy, "end-io", 4, "file"),
            Throughput.of(rounds),
            Latency.of(latencies),
            Phases.of(phase -> phase == Phase.TOTAL ? PhaseStats.of(latencies) : PhaseStats.NONE),
            null,
            null,
            null,
            new Effects(1, 1, 0, 0, 0, 0, 0, 0L),
            null,
            new Promise(List.of("G1"), true, Promise.UNCHECKED),
            "cell.hlog");
    new RunFile(
            RunFile.SCHEMA,
            STARTED,
            1,
            Map.of("device", "sda"),
            Git.UNKNOWN,
            "smoke",
            1,
            Map.of("blockBytes", 4096),
            null,
            List.of(cell))
        .write(run.resolve("run.json"));
    return run.toString();
  }
}
