package dev.diolab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.report.ClawBackLines;
import dev.diolab.results.run.CellKey;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClawBackReportTest {
  private static final String CHART = "charts/claw-back-tso32-durable-writes";
  private static final List<String> POLICIES = List.of("end-io", "group", "sync-commit");

  @TempDir private static Path directory;
  private static ReportWriter.Written written;

  @TempDir private Path other;

  @BeforeAll
  static void writeReports() throws IOException {
    measure(directory, true, "dsync", "fdatasync");
    written = ReportWriter.write(directory);
  }

  @Test
  void theReportsHaveASectionWithAnswerChartAndTable() throws IOException {
    assertThat(written.contradictions()).isEmpty();
    for (String report : List.of("report.html", "report.md")) {
      assertThat(text(directory, report))
          .contains(
              "Claw-back: TSO32 durable writes",
              "durable writes into preallocated space reach",
              "TSO32 durable writes: throughput and p99 in terms of plain overwrites",
              "(plain overwrites)",
              "(zero-fill charged)",
              "BROKEN: G2",
              "held (120,000 states)",
              "unchecked",
              "left out, because a declared guarantee fell: overwrite-nolock + ");
    }
    assertThat(text(directory, "report.md"))
        .contains("](" + CHART + ".svg)")
        .containsPattern(
            "(?m)^\\| dsync \\| 8 \\| i-mutex \\| end-io \\| [\\d,]+ \\| \\**[\\d.]+"
                + " \\([\\d.]+–[\\d.]+\\)( tie)?\\** \\| [\\d,.]+\\\\?\\*? \\|")
        .contains("*(ceiling, unsafe)*");
  }

  @Test
  void theChartShowsEachPolicyAndStrategy() throws IOException {
    BufferedImage image = ImageIO.read(directory.resolve(CHART + ".png").toFile());
    assertThat(image.getWidth()).isEqualTo(1200);
    assertThat(image.getHeight()).isEqualTo(700);
    String svg = text(directory, CHART + ".svg");
    assertThat(svg)
        .as("dark for DSYNC, light for fdatasync")
        .contains("rgb(0,114,178)", "rgb(127,184,216)")
        .doesNotContain("NaN");
    assertThat(colours(image)).as("a bar of iomap-endio").isGreaterThan(200);
  }

  @Test
  void aPairThatBrokeItsPromiseIsHollowAndSaidSo() throws IOException {
    add(SyntheticRun.in(other, 3), true, "dsync").write();
    ReportWriter.write(other);
    String broken = text(directory, CHART + ".svg");
    String sound = Files.readString(other.resolve(CHART + ".svg"));

    assertThat(outlines(broken))
        .as("policies and zero-fill by sync")
        .isEqualTo(2 * (POLICIES.size() + 1));
    assertThat(outlines(sound)).isZero();
  }

  @Test
  void withoutPlainOverwritesTheSectionSaysWhyThereIsNoShare() throws IOException {
    measure(other, false, "dsync");

    ReportWriter.write(other);

    for (String report : List.of("report.html", "report.md")) {
      assertThat(text(other, report))
          .contains(
              "Claw-back: TSO32 durable writes",
              "No share of plain overwrites can be told where these were not measured:",
              "TSO32 rewritten, dsync at 8 threads (i-mutex, overwrite-nolock, iomap-endio, no-lock)")
          .doesNotContain("in terms of plain overwrites");
    }
    assertThat(other.resolve(CHART + ".svg")).doesNotExist();
  }

  @Test
  void aRunThatDidNotCountZerosStillHasItsSection() throws IOException {
    measure(other, true, "dsync");
    Path run = other.resolve("run.json");
    Files.writeString(run, Files.readString(run).replaceAll(",\\s*\"bytesZeroed\" : \\d+", ""));

    ReportWriter.write(other);

    assertThat(text(other, "report.md")).contains("Claw-back: TSO32").doesNotContain("null");
  }

  @Test
  void theTerminalShowsTheSharesAndTheAnswer() throws IOException {
    String lines = ClawBackLines.render(written.clawBacks().getFirst(), 80);

    assertThat(lines)
        .contains("Claw-back, TSO32 durable writes, dsync, 8 threads: share of plain overwrites")
        .contains("fdatasync, 8 threads")
        .containsPattern("(?m)^sync-commit +[\\d.]+")
        .containsPattern("(?m)^end-io +.*[\\d.]+( tie)?!")
        .contains("! a declared guarantee is BROKEN")
        .contains("durable writes into preallocated space");
    assertThat(lines.lines()).allMatch(line -> line.length() <= 80);
  }

  private static void measure(Path directory, boolean withControl, String... syncs)
      throws IOException {
    SyntheticRun run =
        SyntheticRun.in(directory, 3)
            .verdict("overwrite-nolock", "BROKEN: G2")
            .verdict("i-mutex", "held (120,000 states)");
    add(run, withControl, syncs).write();
  }

  private static SyntheticRun add(SyntheticRun run, boolean withControl, String... syncs)
      throws IOException {
    run.operationsPerRound(300);
    for (String sync : syncs) {
      if (withControl) {
        run.add("TSO32", "rewritten, " + sync, 32768, false, 8);
        run.add("TSO32", "zeroed+fill, " + sync, 32768, false, 8);
      }
      for (String strategy : List.of("i-mutex", "overwrite-nolock", "iomap-endio", "no-lock")) {
        for (String policy : POLICIES) {
          run.add(
              new CellKey("TSO32", "unwritten, " + sync, strategy, policy, 8, "file"), 32768, true);
        }
      }
    }
    return run;
  }

  private static String text(Path directory, String name) throws IOException {
    return Files.readString(directory.resolve(name)).replace("\\<", "<").replace("\\[", "[");
  }

  private static int outlines(String svg) {
    return (int)
        Pattern.compile("<rect [^>]*fill:none;stroke:[^>]*stroke-width:1.6;")
            .matcher(svg)
            .results()
            .count();
  }

  /** Pixels of the colour of iomap-endio, which the legend alone does not make so many. */
  private static int colours(BufferedImage image) {
    int count = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        count += (image.getRGB(x, y) & 0xFFFFFF) == 0x0072B2 ? 1 : 0;
      }
    }
    return count;
  }
}
