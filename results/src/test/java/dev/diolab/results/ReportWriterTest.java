package dev.diolab.results;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.diolab.results.compare.Numbers;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.RunFile;
import dev.diolab.results.run.RunFormatException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

class ReportWriterTest {
  @TempDir private static Path directory;
  private static RunFile run;
  private static Map<String, byte[]> rawFiles;
  private static ReportWriter.Written written;

  @TempDir private Path other;

  @BeforeAll
  static void writeReports() throws IOException {
    run =
        SyntheticRun.in(directory, 42)
            .operationsPerRound(1_500)
            .add("PAGE-OVERWRITE", "4k-write", 4096, false, 1, 16)
            .add("TSO32", "zeroed+fill, fdatasync", 32768, true, 4)
            .write();
    rawFiles = files(directory);
    written = ReportWriter.write(directory);
  }

  @Test
  void rawFilesAreLeftAsTheyWere() throws IOException {
    Map<String, byte[]> after = files(directory);

    rawFiles.forEach((name, contents) -> assertThat(after.get(name)).as(name).isEqualTo(contents));
  }

  @Test
  void chartsHaveTheirPredictableNames() {
    assertThat(directory.resolve("charts").toFile().list())
        .containsExactlyInAnyOrder(
            "latency-page-overwrite-4k-write-16t.svg",
            "latency-page-overwrite-4k-write-16t.png",
            "throughput-page-overwrite-4k-write.svg",
            "throughput-page-overwrite-4k-write.png",
            "phases-page-overwrite-4k-write-16t.svg",
            "phases-page-overwrite-4k-write-16t.png",
            "latency-tso32-zeroed-fill-fdatasync-4t.svg",
            "latency-tso32-zeroed-fill-fdatasync-4t.png",
            "phases-tso32-zeroed-fill-fdatasync-4t.svg",
            "phases-tso32-zeroed-fill-fdatasync-4t.png");
  }

  @Test
  void allFilesAreNamedTheHtmlFirst() {
    assertThat(written.files())
        .startsWith(directory.resolve("report.html"))
        .contains(directory.resolve("report.md"), directory.resolve("benchstat.txt"))
        .hasSize(13)
        .allSatisfy(file -> assertThat(file).isNotEmptyFile());
    assertThat(written.contradictions()).isEmpty();
  }

  @Test
  void pngsHaveTheirSizeAndAreDrawnOn() throws IOException {
    for (Path file : charts(".png")) {
      BufferedImage image = ImageIO.read(file.toFile());
      assertThat(image.getWidth()).isEqualTo(1200);
      assertThat(image.getHeight()).isEqualTo(700);
      // iomap-endio in the line charts, the device in the stacked ones
      int blue = file.getFileName().toString().startsWith("phases") ? 0x0077BB : 0x0072B2;
      assertThat(colours(image)).as(file.toString()).contains(blue | 0xFF000000);
    }
  }

  @Test
  void svgsAreXmlThatNeedsNothingElse() throws Exception {
    for (Path file : charts(".svg")) {
      String text = Files.readString(file);
      assertThat(text).doesNotContain("<!DOCTYPE").doesNotContain("href").doesNotContain("NaN");
      Element svg = parse(text).getDocumentElement();
      assertThat(svg.getTagName()).isEqualTo("svg");
      assertThat(svg.getAttribute("viewBox")).isEqualTo("0 0 1200 700");
      assertThat(svg.getElementsByTagName("title").item(0).getTextContent())
          .matches("(PAGE-OVERWRITE|TSO32) .*: .*\\?");
    }
  }

  @Test
  void theStrategyHasTheSameColourInEveryLineChart() throws IOException {
    for (Path file : charts(".svg")) {
      if (!file.getFileName().toString().startsWith("phases")) {
        assertThat(Files.readString(file))
            .contains("rgb(213,94,0)", "rgb(230,159,0)", "rgb(0,158,115)", "rgb(0,114,178)")
            .contains("stroke-dasharray");
      }
    }
  }

  @Test
  void thePageRefersToNothingOutside() throws IOException {
    String html = Files.readString(directory.resolve("report.html"));

    assertThat(html)
        .doesNotContainPattern("<(script\\s|link\\b|img\\b|iframe\\b|object\\b|embed\\b)")
        .doesNotContainPattern("(src|xlink:href)=")
        .doesNotContainPattern("https?://")
        .doesNotContain("@import")
        .doesNotContainPattern("url\\((?!#)");
    Matcher links = Pattern.compile("href=\"([^\"]*)\"").matcher(html);
    while (links.find()) {
      assertThat(links.group(1)).startsWith("#");
      assertThat(html).contains("id=\"" + links.group(1).substring(1) + "\"");
    }
    assertThat(html).contains("prefers-color-scheme: dark", "@media print");
  }

  @Test
  void thePageIsWellFormedWithItsChartsInside() throws Exception {
    String html = Files.readString(directory.resolve("report.html"));
    String xml =
        html.replaceFirst("<!DOCTYPE html>", "").replaceAll("<meta ([^>]*)>", "<meta $1/>");

    Document page = parse(xml);

    assertThat(page.getElementsByTagName("svg").getLength()).isEqualTo(5);
    List<String> ids = new ArrayList<>();
    var elements = page.getElementsByTagName("*");
    for (int i = 0; i < elements.getLength(); i++) {
      if (elements.item(i) instanceof Element element && element.hasAttribute("id")) {
        ids.add(element.getAttribute("id"));
      }
    }
    assertThat(ids).doesNotHaveDuplicates();
  }

  @Test
  void whatTheEnvironmentSaysIsEscaped() throws IOException {
    assertThat(Files.readString(directory.resolve("report.html")))
        .contains("Synthetic &lt;CPU&gt; &amp; Co")
        .doesNotContain("<CPU>");
    assertThat(Files.readString(directory.resolve("report.md")))
        .contains("Synthetic \\<CPU\\> & Co");
  }

  @Test
  void theTwinHasTheSameTablesAsThePage() throws Exception {
    List<List<String>> html = htmlRows();
    List<List<String>> markdown = markdownRows();

    assertThat(markdown).isEqualTo(html);
    assertThat(html).hasSizeGreaterThan(2 * run.cells().size());
  }

  @Test
  void theTwinSaysTheSameSentencesAsThePage() throws Exception {
    String page =
        parse(xhtml()).getDocumentElement().getElementsByTagName("main").item(0).getTextContent();
    for (String line : Files.readAllLines(directory.resolve("report.md"))) {
      if (line.startsWith("- ")) {
        assertThat(page).contains(unescape(line.substring(2)));
      }
    }
    assertThat(page).contains("closed loop", "unchecked", "never ranked");
  }

  @Test
  void chartsOfTheTwinAreFilesThatExist() throws IOException {
    Matcher images =
        Pattern.compile("!\\[[^\\]]+]\\(([^)]+)\\)")
            .matcher(Files.readString(directory.resolve("report.md")).replace("\\[", ""));
    int found = 0;
    while (images.find()) {
      assertThat(directory.resolve(images.group(1))).exists();
      found++;
    }
    assertThat(found).isEqualTo(5);
  }

  @Test
  void benchstatHasALineForEachRound() throws IOException {
    List<String> lines =
        Files.readAllLines(directory.resolve("benchstat.txt")).stream()
            .filter(line -> line.startsWith("Benchmark"))
            .toList();

    assertThat(lines).hasSize(2 * run.cells().size());
    assertThat(lines)
        .allMatch(
            line ->
                line.matches(
                    "Benchmark[A-Z0-9-]+/variant=[^/ ]+/strategy=[^/ ]+/policy=[^/ ]+/threads=\\d+"
                        + " 1500 [\\d.]+ ns/op [\\d.]+ MB/s \\d+ p50-ns/op \\d+ p99-ns/op \\d+"
                        + " p99.9-ns/op"));
    assertThat(lines.getFirst())
        .startsWith(
            "BenchmarkPAGE-OVERWRITE/variant=4k-write/strategy=i-mutex/policy=end-io/threads=1 ");
    double nanosecondsPerOperation =
        Double.parseDouble(lines.getFirst().replaceAll(".* ([\\d.]+) ns/op.*", "$1"));
    assertThat(1e9 / nanosecondsPerOperation)
        .isCloseTo(
            run.cells().getFirst().throughput().opsPerSecondByRound().getFirst(),
            Percentage.withPercentage(0.01));
  }

  @Test
  void theAnswerStandsFirst() throws IOException {
    String report = Files.readString(directory.resolve("report.md"));

    assertThat(report)
        .containsSubsequence(
            "# What does locking a direct write cost?",
            "## Which strategy?",
            "### PAGE-OVERWRITE",
            "What does the lock cost random overwrites",
            "**PAGE-OVERWRITE at the most threads",
            "### TSO32",
            "**TSO32 at the most threads",
            "## Why",
            "**Mean time per operation in each phase, µs**",
            "## All cells",
            "**Throughput and service time, closed loop**",
            "## How it was measured, and its limits",
            "### Guarantees",
            "### Environment");
  }

  @Test
  void theAnswerRanksEachVariantWithIntervalsGuaranteesAndVerdicts() throws IOException {
    List<List<String>> rows = markdownRows();

    assertThat(rows.getFirst())
        .containsExactly(
            "variant",
            "threads",
            "policy",
            "measure",
            "1 is",
            "i-mutex",
            "placeholder",
            "overwrite-nolock",
            "iomap-endio",
            "no-lock (ceiling)");
    List<String> throughput = rows.get(1);
    assertThat(throughput.subList(0, 4)).containsExactly("4k-write", "16", "end-io", "ops/s");
    assertThat(throughput.get(4)).matches("[\\d,]+");
    assertThat(throughput.get(5)).as("i-mutex queues").matches("0\\.\\d\\d \\([\\d.]+–[\\d.]+\\)");
    assertThat(throughput.subList(7, 9)).as("the best").contains("1");
    assertThat(throughput.get(9)).as("the ceiling").matches("\\(\\d\\.\\d\\d\\)");
    assertThat(rows.get(2).get(3)).isEqualTo("p99 µs");
    assertThat(rows.get(3))
        .containsSequence("all", "", "end-io", "guarantees", "", "G1 G2 G3 G8")
        .endsWith("none");
    assertThat(rows.get(4)).containsSequence("verdict", "", "unchecked", "unchecked");
  }

  @Test
  void everyComparisonHasItsIntervals() throws IOException {
    String report = Files.readString(directory.resolve("report.md"));

    assertThat(report.split("\\*\\*What the rounds allow, 95 % intervals\\*\\*", -1)).hasSize(3);
    assertThat(report)
        .contains("| ops/s | p50 µs | p99 µs | p99.9 µs | ops/s by i-mutex | rank test p |")
        .containsPattern(
            "\\| iomap-endio \\| end-io \\| 16 \\| [\\d,.]+–[\\d,.]+ \\| [^|]+ \\| [^|]+ \\| [^|]+"
                + " \\| [\\d.]+ \\([\\d.]+–[\\d.]+\\) \\| – \\|");
  }

  @Test
  void drawingAgainGivesTheSameFiles() throws IOException {
    Map<String, byte[]> before = files(directory);

    ReportWriter.write(directory);

    Map<String, byte[]> after = files(directory);
    assertThat(after.keySet()).isEqualTo(before.keySet());
    before.forEach((name, contents) -> assertThat(after.get(name)).as(name).isEqualTo(contents));
  }

  @Test
  void figuresThatTheHistogramsContradictAreShownAsSuch() throws IOException {
    SyntheticRun.in(other, 1).operationsPerRound(300).add("TSO32", "dsync", 32768, true, 2).write();
    Path file = other.resolve("run.json");
    Files.writeString(
        file, Files.readString(file).replaceFirst("\"maxUs\" : [\\d.]+", "\"maxUs\" : 1"));

    ReportWriter.Written result = ReportWriter.write(other);

    assertThat(result.contradictions())
        .singleElement()
        .asString()
        .contains("maxUs is 1.0 in run.json, but the histograms say");
    for (String report : List.of("report.html", "report.md")) {
      assertThat(Files.readString(other.resolve(report)))
          .contains("contradict each other; do not rely on its figures", "maxUs is 1.0");
    }
  }

  @Test
  void variantsThatDifferInSignsOnlyHaveChartsOfTheirOwn() throws IOException {
    SyntheticRun.in(other, 1)
        .operationsPerRound(300)
        .add("TSO32", "zeroed+fill, dsync", 32768, true, 2)
        .add("TSO32", "zeroed, fill, dsync", 32768, true, 2)
        .write();

    ReportWriter.Written result = ReportWriter.write(other);

    assertThat(result.files()).doesNotHaveDuplicates();
    assertThat(other.resolve("charts/latency-tso32-zeroed-fill-dsync-2t.svg"))
        .content()
        .contains("TSO32 zeroed+fill, dsync");
    assertThat(other.resolve("charts/latency-tso32-zeroed-fill-dsync-2-2t.svg"))
        .content()
        .contains("TSO32 zeroed, fill, dsync");
    assertThat(Files.readString(other.resolve("report.md")))
        .contains("(charts/latency-tso32-zeroed-fill-dsync-2-2t.svg)");
  }

  @Test
  void twinsSayTheNoiseFloorAndStandInNoTable() throws IOException {
    RunFile twins =
        SyntheticRun.in(other, 3)
            .rounds(3)
            .operationsPerRound(600)
            .twin("iomap-endio")
            .add("PAGE-OVERWRITE", "4k-write", 4096, false, 4)
            .write();

    ReportWriter.write(other);

    String report = Files.readString(other.resolve("report.md"));
    assertThat(report)
        .containsSubsequence(
            "## How it was measured, and its limits",
            "### Noise floors",
            "- PAGE-OVERWRITE: noise floor ",
            "### Guarantees");
    assertThat(report)
        .contains(figure(twins.cells().get(3)))
        .doesNotContain(figure(twins.twinCells().getFirst()));
    assertThat(Files.readAllLines(other.resolve("benchstat.txt")))
        .filteredOn(line -> line.startsWith("Benchmark"))
        .hasSize(3 * twins.cells().size());
  }

  private static String figure(Cell cell) {
    return Numbers.count(cell.throughput().opsPerSecond());
  }

  @Test
  void aRunWithoutCellsSaysSo() throws IOException {
    SyntheticRun.in(other, 1).write();

    ReportWriter.write(other);

    assertThat(Files.readString(other.resolve("report.md"))).contains("Nothing was measured");
  }

  @Test
  void aDamagedRunGetsNoReport() throws IOException {
    SyntheticRun.in(other, 1).operationsPerRound(300).add("TSO32", "dsync", 32768, true, 2).write();
    Files.writeString(other.resolve("hdr/cell-004.hlog"), "nothing");

    assertThatExceptionOfType(RunFormatException.class)
        .isThrownBy(() -> ReportWriter.write(other))
        .withMessageStartingWith(other.resolve("hdr/cell-004.hlog").toString());
    assertThat(other.resolve("report.html")).doesNotExist();
    assertThat(other.resolve("charts")).doesNotExist();
  }

  private static List<Path> charts(String ending) throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("charts"))) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static Map<String, byte[]> files(Path root) throws IOException {
    Map<String, byte[]> contents = new HashMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return contents;
  }

  private static List<Integer> colours(BufferedImage image) {
    List<Integer> colours = new ArrayList<>();
    for (int y = 0; y < image.getHeight(); y += 2) {
      for (int x = 0; x < image.getWidth(); x += 2) {
        colours.add(image.getRGB(x, y));
      }
    }
    return colours.stream().distinct().toList();
  }

  private static String xhtml() throws IOException {
    return Files.readString(directory.resolve("report.html"), UTF_8)
        .replaceFirst("<!DOCTYPE html>", "")
        .replaceAll("<meta ([^>]*)>", "<meta $1/>");
  }

  private static Document parse(String xml) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(xml)));
  }

  /** All rows of all tables, headings included, as they are read. */
  private static List<List<String>> htmlRows() throws Exception {
    List<List<String>> rows = new ArrayList<>();
    var elements = parse(xhtml()).getElementsByTagName("tr");
    for (int i = 0; i < elements.getLength(); i++) {
      List<String> row = new ArrayList<>();
      var entries = elements.item(i).getChildNodes();
      for (int j = 0; j < entries.getLength(); j++) {
        row.add(entries.item(j).getTextContent());
      }
      rows.add(row);
    }
    return rows;
  }

  private static List<List<String>> markdownRows() throws IOException {
    List<List<String>> rows = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("report.md"))) {
      if (line.startsWith("| ") && !line.startsWith("| ---")) {
        String inner = line.substring(2, line.length() - 2);
        rows.add(
            Pattern.compile(" \\| ")
                .splitAsStream(inner)
                .map(
                    entry ->
                        unescape(entry)
                            .replaceAll("^`(.*)`$", "$1")
                            .replaceAll("^\\*\\*(.*)\\*\\*$", "$1")
                            .replace("*(ceiling, unsafe)*", "ceiling, unsafe"))
                .toList());
      }
    }
    return rows;
  }

  private static String unescape(String text) {
    return text.replaceAll("\\\\([\\\\`*_\\[\\]<>|])", "$1");
  }
}
