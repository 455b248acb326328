package dev.diolab.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.SyntheticRun;
import dev.diolab.results.across.SideBySide;
import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.Git;
import dev.diolab.results.run.Offered;
import dev.diolab.results.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SideBySideReportTest {
  private static final Git OTHER_COMMIT =
      new Git("ffffffffffffffffffffffffffffffffffffffff", false);

  @TempDir private Path directory;

  @Test
  void theSummaryCountsAndTheTablesShowEachCell() throws IOException {
    SideBySide runs =
        sides(
            run("a", 1).add("TSO32", "unwritten, dsync", 32768, true, 1, 4),
            run("b", 2)
                .git(OTHER_COMMIT)
                .environment("kernel", "6.18.0")
                .slower("placeholder", 2)
                .add("TSO32", "unwritten, dsync", 32768, true, 1, 4));

    String markdown = SideBySideReport.markdown(runs);

    assertThat(markdown)
        .startsWith("# Runs side by side")
        .containsPattern(
            "- B against A: of 10 cells, \\d faster, [2-9] slower, \\d tie; the median ratio is")
        .contains("these differences stand: TSO32 unwritten, dsync, placeholder, end-io, 1 threads")
        .contains("- kernel: 6.12.0-amd64 in A, 6.18.0 in B")
        .contains("No run repeats another with the same code and settings")
        .contains("**TSO32 unwritten, dsync**")
        .containsPattern(
            "\\| placeholder \\| end-io \\| 4 \\| [\\d,]+ \\| [\\d,]+ \\| \\*\\*0\\.[56]\\d")
        .contains(" slower**")
        .contains(") tie | ");
    assertThat(markdown.indexOf("In short")).isLessThan(markdown.indexOf("| run |"));
    assertThat(SideBySideReport.html(runs))
        .contains("<title>diolab: Runs side by side</title>", " tie; the median ratio is ");
  }

  @Test
  void openLoopsAreComparedByTheirResponseTime() throws IOException {
    Offered load = new Offered("constant", 2_000, null);
    SideBySide runs =
        sides(
            run("a", 1).offered(load).add("PAGE-OVERWRITE", "4k-write", 4096, false, 4),
            run("b", 2).offered(load).add("PAGE-OVERWRITE", "4k-write", 4096, false, 4));

    assertThat(SideBySideReport.markdown(runs))
        .contains("**PAGE-OVERWRITE 4k-write, 2,000 ops/s constant**")
        .contains("| A response p99 µs |", "| B by the first, response p99 µs |")
        .contains("response time from the moment it was due");
  }

  @Test
  void aRepetitionTellsTheNoise() throws IOException {
    SideBySide runs =
        sides(
            run("a", 1).add("TSO32", "unwritten, dsync", 32768, true, 1),
            run("b", 2).add("TSO32", "unwritten, dsync", 32768, true, 1));

    assertThat(SideBySideReport.markdown(runs))
        .contains("The same code with the same settings: A and B. 19 of 20 of their cells differ")
        .contains("0 faster, 0 slower, 5 tie")
        .contains("no difference of throughput stands")
        .doesNotContain("differ in more than their code");
  }

  @Test
  void cellsOfOneRoundAreNoFinding() throws IOException {
    SideBySide runs =
        sides(
            run("a", 1).rounds(1).add("TSO32", "unwritten, dsync", 32768, true, 1),
            run("b", 2).add("TSO32", "unwritten, dsync", 32768, true, 1));

    assertThat(SideBySideReport.markdown(runs))
        .contains("0 faster, 0 slower, 0 tie, 5 of one round");
  }

  @Test
  void anEmulatedDiskIsMarkedInEveryColumn() throws IOException {
    SideBySide runs =
        sides(
            run("a", 1).add(key("file"), 4096, false),
            run("b", 2).add(key("emulated-hdd"), 4096, false));

    assertThat(SideBySideReport.markdown(runs))
        .contains("EMULATED hdd: the times of the disk are those of a model")
        .contains("- B (EMULATED hdd) against A:")
        .contains("| A ops/s | B (EMULATED hdd) ops/s | B (EMULATED hdd) by the first, ops/s |")
        .contains("| B (EMULATED hdd) p99 µs |");
  }

  private static CellKey key(String device) {
    return new CellKey("TSO32", "unwritten, dsync", "i-mutex", "end-io", 4, device);
  }

  private SyntheticRun run(String name, long seed) throws IOException {
    return SyntheticRun.in(directory.resolve(name), seed).rounds(10).operationsPerRound(200);
  }

  private static SideBySide sides(SyntheticRun one, SyntheticRun other) throws IOException {
    one.write();
    other.write();
    return SideBySide.of(
        List.of(RunDirectory.read(one.directory()), RunDirectory.read(other.directory())));
  }
}
