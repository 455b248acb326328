package dev.diolab.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import dev.diolab.results.ReportWriter;
import dev.diolab.results.SyntheticRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser: what it looks like, and what its script makes of it. Needs chromium;
 * skipped without.
 */
class ReportInBrowserTest {
  private static final Pattern ROW = Pattern.compile("<tr[^>]*data-strategy=\"([^\"]*)\"[^>]*>");

  /** What is left of the width of A4 across, between margins of 12 mm, at 96 pixels an inch. */
  private static final int PAPER = (int) ((297 - 2 * 12) / 25.4 * 96);

  private static final String FILTERS =
      "(f => !!f && f.getClientRects().length > 0)(document.querySelector('.filters'))";

  @TempDir private static Path directory;
  private static @Nullable Browser browser;
  private static String report = "";

  @BeforeAll
  static void openTheBrowser() throws IOException, InterruptedException {
    try {
      browser = Browser.start(directory.resolve("profile"));
    } catch (IOException e) {
      abort("chromium is not installed");
    }
    Path run = directory.resolve("run");
    SyntheticRun.in(run, 7)
        .operationsPerRound(1_200)
        .add("PAGE-OVERWRITE", "4k-write", 4096, false, 1, 16)
        .add("TSO32", "unwritten, fdatasync", 32768, true, 4)
        .write();
    ReportWriter.write(run);
    report = run.resolve("report.html").toUri().toString();
  }

  @AfterAll
  static void closeTheBrowser() {
    if (browser != null) {
      browser.close();
    }
  }

  @Test
  void theAnswerStandsBeforeTheFirstTableOfCells() throws Exception {
    openReport("screen", "light", 1200);

    List<String> headings = texts("main h2");
    assertThat(headings)
        .containsExactly(
            "Which strategy?", "Why", "All cells", "How it was measured, and its limits");
    double answer = top("main section[data-workload] .conclusion");
    assertThat(answer)
        .isLessThan(top("main table"))
        .isLessThan(top("main tr[data-strategy]"))
        .isLessThan(800);
    assertThat(texts("main > section:first-child th"))
        .contains("1 is", "i-mutex", "iomap-endio", "no-lock (ceiling)");
    assertThat(texts("main > section:first-child td"))
        .contains("ops/s", "p99 µs", "guarantees", "verdict", "G1 G2 G3 G8");
    assertThat(texts("nav a")).startsWith("Which strategy?", "PAGE-OVERWRITE", "TSO32");
    assertThat(top("nav")).isLessThan(answer);
  }

  @Test
  void nothingIsRequestedBesideThePage() throws Exception {
    openReport("screen", "light", 1200);

    assertThat(browser().requests()).containsExactly(report);
  }

  @Test
  void filtersStandOnTheScreenAndNotOnPaper() throws Exception {
    openReport("screen", "light", 1200);
    assertThat(evaluate(FILTERS).asBoolean()).isTrue();

    openReport("print", "light", PAPER);
    assertThat(evaluate(FILTERS).asBoolean()).isFalse();
    assertThat(evaluate("document.querySelector('nav').getClientRects().length").asInt()).isZero();
  }

  @Test
  void noTableIsCutOnPaper() throws Exception {
    openReport("print", "light", PAPER);

    assertThat(
            texts(
                ".table",
                "(t => t.getBoundingClientRect().left + t.scrollWidth"
                    + " > document.documentElement.clientWidth"
                    + " || getComputedStyle(t).overflowX !== 'visible')",
                "querySelector('caption').textContent"))
        .isEmpty();
  }

  @Test
  void thePageIsDarkOnDarkScreensAndLightOnPaper() throws Exception {
    openReport("screen", "dark", 1200);
    assertThat(evaluate("getComputedStyle(document.body).backgroundColor").asText())
        .isEqualTo("rgb(20, 24, 29)");

    openReport("screen", "light", 1200);
    assertThat(evaluate("getComputedStyle(document.body).backgroundColor").asText())
        .isEqualTo("rgb(255, 255, 255)");

    openReport("print", "dark", PAPER);
    assertThat(evaluate("getComputedStyle(document.body).backgroundColor").asText())
        .isEqualTo("rgb(255, 255, 255)");
    assertThat(evaluate("getComputedStyle(document.body).color").asText())
        .isEqualTo("rgb(0, 0, 0)");
  }

  @Test
  void aFilterOfStrategiesHidesRowsAndColumns() throws Exception {
    openReport("screen", "light", 1200);

    evaluate(
        "(s => { s.value = 'i-mutex'; s.dispatchEvent(new Event('change')); })"
            + "(document.querySelector('.filters select[name=strategy]'))");

    assertThat(texts("tr[data-strategy]", "(r => r.getClientRects().length)", "dataset.strategy"))
        .isNotEmpty()
        .containsOnly("i-mutex");
    assertThat(texts("th[data-strategy]", "(h => h.getClientRects().length)", "dataset.strategy"))
        .isNotEmpty()
        .containsOnly("i-mutex");
  }

  @Test
  void showsEverythingWhenNothingIsChosen() throws Exception {
    String dom = dom("");

    assertThat(rows(dom)).hasSize(5).noneMatch(row -> row.contains("hidden"));
    assertThat(dom).contains("5 of 5 rows").doesNotContain("<section hidden");
    assertThat(dom)
        .contains("<option value=\"i-mutex\">")
        .contains("<option value=\"TSO32\">")
        .containsSubsequence(
            "<option value=\"1\">", "<option value=\"8\">", "<option value=\"16\">");
  }

  @Test
  void hidesRowsOfOtherStrategiesAndThreads() throws Exception {
    String dom = dom("?strategy=i-mutex&threads=8");

    assertThat(rows(dom).stream().filter(row -> !row.contains("hidden")).toList())
        .hasSize(2)
        .allMatch(row -> row.contains("data-strategy=\"i-mutex\""))
        .noneMatch(row -> row.contains("data-threads=\"16\""));
    assertThat(dom).contains("2 of 5 rows");
  }

  @Test
  void hidesOtherWorkloadsAndTablesWithoutRows() throws Exception {
    String dom = dom("?workload=TSO32&strategy=placeholder");

    assertThat(dom).containsPattern("<section data-workload=\"PAGE-OVERWRITE\" hidden=\"\">");
    assertThat(dom).contains("<section data-workload=\"TSO32\">");
    assertThat(dom)
        .containsPattern("<div class=\"table\" hidden=\"\"><table>\\s*<caption>no placeholder");
    assertThat(dom).contains("1 of 5 rows");
  }

  private static List<String> rows(String dom) {
    return ROW.matcher(dom).results().map(MatchResult::group).toList();
  }

  private static String page() {
    HtmlPage page = new HtmlPage();
    page.title("a report", List.of(new Page.Fact("profile", "none")));
    page.section(2, "Which strategy?");
    page.paragraph("Nothing is marked here.");
    page.section(2, "All cells");
    page.workload("PAGE-OVERWRITE");
    page.section(4, "4k-write");
    page.table(table("pages", row("i-mutex", "8"), row("i-mutex", "16")));
    page.workload("TSO32");
    page.section(4, "unwritten");
    page.table(table("fills", row("i-mutex", null), row("placeholder", "1")));
    page.table(table("no placeholder", row("i-mutex", "1")));
    return page.finish();
  }

  private static Table table(String caption, Table.Row... rows) {
    return new Table(
        caption,
        List.of(new Table.Column("strategy", false), new Table.Column("threads", true)),
        List.of(rows));
  }

  private static Table.Row row(String strategy, @Nullable String threads) {
    return new Table.Row(
        List.of(
            new Table.Entry(strategy, Table.Look.STRATEGY, "red"),
            Table.Entry.plain(threads == null ? "" : threads)),
        false);
  }

  private static Browser browser() {
    if (browser == null) {
      throw new AssertionError("there is no browser");
    }
    return browser;
  }

  private static void openReport(String media, String colorScheme, int width)
      throws InterruptedException {
    browser().emulate(media, colorScheme);
    browser().width(width);
    browser().open(report);
  }

  private static JsonNode evaluate(String expression) throws InterruptedException {
    return browser().evaluate(expression);
  }

  private static double top(String selector) throws InterruptedException {
    return evaluate("document.querySelector('%s').getBoundingClientRect().top".formatted(selector))
        .asDouble();
  }

  private static List<String> texts(String selector) throws InterruptedException {
    return texts(selector, "(any => true)", "textContent");
  }

  /** A property of all elements of a selector that a function of JavaScript picks. */
  private static List<String> texts(String selector, String filter, String property)
      throws InterruptedException {
    List<String> texts = new ArrayList<>();
    evaluate(
            "Array.from(document.querySelectorAll('%s')).filter(%s).map(e => e.%s)"
                .formatted(selector, filter, property))
        .forEach(text -> texts.add(text.asText()));
    return texts;
  }

  private static String dom(String query) throws IOException, InterruptedException {
    Path file = directory.resolve("page.html");
    Files.writeString(file, page());
    browser().emulate("screen", "light");
    browser().open(file.toUri() + query);
    return evaluate("document.documentElement.outerHTML").asText();
  }
}
