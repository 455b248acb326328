package dev.diolab.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser: what its script makes of it. Needs chromium; skipped without. */
class ReportInBrowserTest {
  private static final Pattern ROW = Pattern.compile("<tr[^>]*data-strategy=\"([^\"]*)\"[^>]*>");

  @TempDir private Path directory;

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
    page.section(2, "In short");
    page.paragraph("Nothing is marked here.");
    page.section(2, "PAGE-OVERWRITE");
    page.section(3, "4k-write");
    page.table(table("pages", row("i-mutex", "8"), row("i-mutex", "16")));
    page.section(2, "TSO32");
    page.section(3, "unwritten");
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

  private String dom(String query) throws IOException, InterruptedException {
    Path file = directory.resolve("report.html");
    Files.writeString(file, page());
    Process browser;
    try {
      browser =
          new ProcessBuilder(
                  "chromium",
                  "--headless",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-sync",
                  "--user-data-dir=" + directory.resolve("profile"),
                  "--dump-dom",
                  file.toUri() + query)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      return abort("chromium is not installed");
    }
    browser.getOutputStream().close();
    String dom = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(browser.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(browser.exitValue()).isZero();
    return dom;
  }
}
