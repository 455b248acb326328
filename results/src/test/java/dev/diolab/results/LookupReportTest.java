package dev.diolab.results;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.compare.LookupCurve;
import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.Latency;
import dev.diolab.results.run.RunFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LookupReportTest {
  private static final String SVG = "extent-lookup-curve.svg";
  private static final String PNG = "extent-lookup-curve.png";
  private static final String FIGURE = "](charts/extent-lookup-curve.svg)";
  private static final String TABLE = "**A look-up over the number of extents**";
  private static final int INK = 0xFF1F2933;
  private static final int MUTED = 0xFF909CA8;

  @TempDir private Path directory;
  private SyntheticRun synthetic;

  @BeforeEach
  void start() throws IOException {
    synthetic = SyntheticRun.in(directory, 7).operationsPerRound(300);
  }

  @Test
  void theCurveReplacesTheChartsOfEachNumberOfExtents() throws IOException {
    lookUp("1000000 extents", "100 extents", "10000 extents");

    assertThat(charts()).containsExactlyInAnyOrder(SVG, PNG);
    assertThat(Files.readString(directory.resolve("charts/" + SVG)))
        .contains("Does a look-up stay logarithmic?");
    assertThat(report("report.md")).containsOnlyOnce(FIGURE);
    assertThat(report("report.html")).containsOnlyOnce("<figure>");
  }

  @Test
  void theCurveHasALineForTheMedianAndALighterOneForP99() throws IOException {
    lookUp("100 extents", "10000 extents", "1000000 extents");

    BufferedImage image = ImageIO.read(directory.resolve("charts/" + PNG).toFile());
    // Left of the legend and below the heading, where the only text is that of the axes.
    int[] plot = image.getRGB(200, 120, 700, 440, null, 0, 700);
    assertThat(plot).contains(INK, MUTED);
  }

  @Test
  void everyDecadeOfExtentsHasItsLabel() throws IOException {
    lookUp("100 extents", "10000 extents", "1000000 extents");

    BufferedImage image = ImageIO.read(directory.resolve("charts/" + PNG).toFile());
    // Between the plot and the title of its axis.
    assertThat(textsBeside(image.getSubimage(100, 632, 945, 24))).isEqualTo(5);
  }

  @Test
  void theCurveNeedsNotAllNumbersOfExtents() throws IOException {
    lookUp("100 extents", "10000 extents");

    assertThat(charts()).containsExactlyInAnyOrder(SVG, PNG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"no extents", "0 extents", "100 extents, cold", "many", "-100 extents"})
  void oneNumberOfExtentsMakesNoCurve(String otherVariant) throws IOException {
    lookUp("100 extents", otherVariant);

    assertThat(charts())
        .doesNotContain(SVG, PNG)
        .contains("latency-extent-lookup-100-extents-memory-1t.svg");
    assertThat(report("report.md")).doesNotContain(FIGURE, TABLE);
  }

  @ParameterizedTest
  @CsvSource({
    "i-mutex, end-io, 1, memory",
    "no-lock, sync-commit, 1, memory",
    "no-lock, end-io, 4, memory",
    "no-lock, end-io, 1, file"
  })
  void lookUpsThatDifferInMoreThanExtentsMakeNoCurve(
      String strategy, String policy, int threads, String device) throws IOException {
    add("100 extents");
    synthetic.add(
        new CellKey("EXTENT-LOOKUP", "10000 extents", strategy, policy, threads, device),
        4096,
        false);

    assertThat(LookupCurve.of(synthetic.run().cells())).isEmpty();
  }

  @Test
  void anotherWorkloadMakesNoCurve() throws IOException {
    for (String variant : List.of("100 extents", "10000 extents")) {
      synthetic.add(new CellKey("TSO32", variant, "i-mutex", "end-io", 1, "file"), 4096, false);
    }

    assertThat(LookupCurve.of(synthetic.run().cells())).isEmpty();
  }

  @Test
  void theTableHasTheFiguresOfTheCellsByAscendingExtents() throws IOException {
    RunFile run = lookUp("1000000 extents", "100 extents", "10000 extents");

    assertThat(table())
        .containsExactly(
            "| extents | p50 ns | p99 ns |",
            "| ---: | ---: | ---: |",
            "| 100 | " + figures(run, 1),
            "| 10,000 | " + figures(run, 2),
            "| 1,000,000 | " + figures(run, 0));
  }

  @Test
  void theHeapIsShownWhereItWasMeasured() throws IOException {
    synthetic
        .parameter("EXTENT-LOOKUP.1000000 extents.heapBytes", 41_943_040L)
        .parameter("EXTENT-LOOKUP.100 extents.heapBytes", 5243);
    lookUp("100 extents", "10000 extents", "1000000 extents");

    assertThat(table()).first().isEqualTo("| extents | p50 ns | p99 ns | heap MiB |");
    assertThat(table().stream().skip(2).map(row -> row.replaceAll(".*\\| ([^|]+) \\|$", "$1")))
        .containsExactly("0.01", "–", "40");
  }

  @Test
  void theEndsOfTheCurveAreNamedInASentence() throws IOException {
    RunFile run = lookUp("100 extents", "1000000 extents");

    assertThat(report("report.md"))
        .contains(
            "- From 100 to 1,000,000 extents the median of a look-up goes from %s ns to %s ns."
                .formatted(
                    nanos(run.cells().get(0).latency().p50Us()),
                    nanos(run.cells().get(1).latency().p50Us())));
  }

  @Test
  void everyNumberOfExtentsKeepsItsOwnTables() throws IOException {
    lookUp("100 extents", "10000 extents");

    assertThat(report("report.md"))
        .contains("#### EXTENT-LOOKUP 100 extents (memory)")
        .contains("#### EXTENT-LOOKUP 10000 extents (memory)");
    assertThat(report("report.md").split("Throughput and service time, closed loop", -1))
        .hasSize(3);
  }

  private RunFile lookUp(String... variants) throws IOException {
    for (String variant : variants) {
      add(variant);
    }
    RunFile run = synthetic.write();
    ReportWriter.write(directory);
    return run;
  }

  private void add(String variant) throws IOException {
    synthetic.add(
        new CellKey("EXTENT-LOOKUP", variant, "no-lock", "end-io", 1, "memory"), 4096, false);
  }

  private List<String> charts() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("charts"))) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private String report(String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }

  /** Counts texts that lie further apart than characters do. */
  private static int textsBeside(BufferedImage line) {
    int apart = 30;
    int texts = 0;
    int lastInk = -apart;
    for (int x = 0; x < line.getWidth(); x++) {
      if (Arrays.stream(line.getRGB(x, 0, 1, line.getHeight(), null, 0, 1))
          .anyMatch(pixel -> pixel == INK)) {
        texts += x - lastInk >= apart ? 1 : 0;
        lastInk = x;
      }
    }
    return texts;
  }

  private List<String> table() throws IOException {
    return report("report.md")
        .lines()
        .dropWhile(line -> !line.equals(TABLE))
        .skip(2)
        .takeWhile(line -> line.startsWith("|"))
        .toList();
  }

  /** The synthetic rounds have few operations, so that their p99 has the mark of that. */
  private static String figures(RunFile run, int cell) {
    Latency latency = run.cells().get(cell).latency();
    return nanos(latency.p50Us()) + " | " + nanos(latency.p99Us()) + "\\* |";
  }

  private static String nanos(double micros) {
    return String.format(Locale.ROOT, "%,.0f", micros * 1000);
  }
}
