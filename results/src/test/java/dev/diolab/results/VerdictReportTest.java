package dev.diolab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.report.TerminalTable;
import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.RunFile;
import dev.diolab.results.run.VerdictSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What HTML, Markdown and terminal say of the verdicts. */
class VerdictReportTest {
  private static final String CODE = "0123456789abcdef".repeat(4);
  private static final Instant VERIFIED = Instant.parse("2026-11-21T09:30:00Z");
  private static final String SOURCE =
      "The verdicts come from the verification of 2026-11-21 09:30 UTC of the same code"
          + " (0123456789ab): profile quick, 210,000 crash states, seed 7";

  @TempDir private Path directory;

  @Test
  void everyReportSaysWhichVerificationTheVerdictsComeFrom() throws IOException {
    RunFile run = write(source(true), "held (70,000 states)", "held (70,000 states)");

    assertThat(html())
        .contains(SOURCE + ".")
        .contains("2 pairs of strategy and policy held what they declare. ")
        .contains("<span class=\"badge\">held (70,000 states)</span>")
        .doesNotContain("role=\"alert\"");
    assertThat(plain(markdown())).contains(SOURCE + ".").contains("`held (70,000 states)`");
    assertThat(flat(TerminalTable.render(run, 80))).contains(SOURCE + ".");
  }

  @Test
  void aBrokenGuaranteeShowsLoudlyInEveryReport() throws IOException {
    RunFile run = write(source(false), "held (70,000 states)", "BROKEN: G1, G3");

    String alarm = "Declared guarantees are BROKEN: iomap-endio/end-io (G1, G3). However fast,";
    assertThat(html())
        .contains("<p class=\"warning alarm\" role=\"alert\">" + alarm)
        .contains("<strong class=\"badge alarm\">BROKEN: G1, G3</strong>")
        .contains("1 pair of strategy and policy held what they declare, 1 BROKEN. ")
        .contains(SOURCE + "; as a whole it was not clean.");
    assertThat(plain(markdown()))
        .contains("> [!CAUTION]")
        .contains("> **" + alarm)
        .contains("| **BROKEN: G1, G3** |");
    assertThat(html().indexOf(alarm)).isLessThan(html().indexOf("<table"));
    assertThat(flat(TerminalTable.render(run, 80))).contains(alarm).contains("1 BROKEN.");
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 80, 160})
  void aBrokenGuaranteeShowsOnANarrowTerminalToo(int width) throws IOException {
    RunFile run = write(source(false), "held (70,000 states)", "BROKEN: G1");

    assertThat(flat(TerminalTable.render(run, width)))
        .contains("Declared guarantees are BROKEN: iomap-endio/end-io (G1).");
  }

  @Test
  void withoutAVerificationTheRemedyIsNamed() throws IOException {
    RunFile run = write(new VerdictSource(CODE, null, null), "unchecked", "unchecked");

    String remedy =
        "Verdict on these results: unchecked. There is no verification of this code"
            + " (0123456789ab). Run scripts/verify quick on this code, then measure again.";
    assertThat(html()).contains(remedy);
    assertThat(plain(markdown())).contains(remedy);
    assertThat(flat(TerminalTable.render(run, 80))).contains(remedy);
  }

  @Test
  void aVerificationOfOtherCodeIsSaidNotToCount() throws IOException {
    RunFile run = write(new VerdictSource(CODE, null, VERIFIED), "unchecked", "unchecked");

    String other = "One of 2026-11-21 09:30 UTC was of other code and does not count. Run";
    assertThat(html()).contains(other);
    assertThat(plain(markdown())).contains(other);
    assertThat(flat(TerminalTable.render(run, 80))).contains(other);
  }

  @Test
  void pairsThatTheVerificationLeftOutAreNamed() throws IOException {
    write(source(true), "held (70,000 states)", "unchecked");

    assertThat(html())
        .contains("1 pair of strategy and policy held what they declare, unchecked:")
        .contains("unchecked: iomap-endio/end-io. " + SOURCE);
  }

  @Test
  void aCeilingIsNotCountedAmongWhatHeld() throws IOException {
    SyntheticRun.in(directory, 3)
        .operationsPerRound(200)
        .verdicts(source(true))
        .verdict("i-mutex", "held (9 states)")
        .verdict("placeholder", "held (9 states)")
        .verdict("overwrite-nolock", "held (9 states)")
        .verdict("iomap-endio", "held (9 states)")
        .verdict("no-lock", "breaks G7 by design")
        .add("PAGE-OVERWRITE", "4k-write", 4096, false, 1)
        .write();
    ReportWriter.write(directory);

    assertThat(html())
        .contains("4 pairs of strategy and policy held what they declare. ")
        .contains("breaks G7 by design");
  }

  @Test
  void anOldRunSaysThatNoVerificationWasLookedFor() throws IOException {
    write(null, "unchecked", "unchecked");

    assertThat(html()).contains("This run is of a version that looked for no verification.");
  }

  /** A run of two strategies with their verdicts. */
  private RunFile write(@Nullable VerdictSource source, String first, String second)
      throws IOException {
    SyntheticRun run =
        SyntheticRun.in(directory, 3)
            .operationsPerRound(200)
            .verdict("i-mutex", first)
            .verdict("iomap-endio", second);
    if (source != null) {
      run.verdicts(source);
    }
    for (String strategy : new String[] {"i-mutex", "iomap-endio"}) {
      run.add(
          new CellKey("PAGE-OVERWRITE", "4k-write", strategy, "end-io", 4, "file"), 4096, false);
    }
    RunFile written = run.write();
    ReportWriter.write(directory);
    return written;
  }

  private static VerdictSource source(boolean clean) {
    return new VerdictSource(
        CODE, new VerdictSource.Verified("quick", VERIFIED, 210_000, 7, clean), null);
  }

  private String html() throws IOException {
    return Files.readString(directory.resolve("report.html"));
  }

  private String markdown() throws IOException {
    return Files.readString(directory.resolve("report.md"));
  }

  private static String plain(String markdown) {
    return markdown.replace("\\", "");
  }

  private static String flat(String text) {
    return text.replace('\n', ' ');
  }
}
