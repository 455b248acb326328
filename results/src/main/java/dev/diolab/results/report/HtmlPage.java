package dev.diolab.results.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.diolab.results.chart.Drawing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one HTML page with its style, its script and its charts inside; it refers to nothing
 * outside. The script filters sections, rows and columns by what they are marked with; without it
 * all is there.
 */
final class HtmlPage implements Page {
  private static final String STYLE_SHEET = "report.css";
  private static final String SCRIPT = "report.js";
  private static final int PART_LEVEL = 2;
  private static final int WORKLOAD_LEVEL = 3;
  private static final String THREADS = "threads";
  private static final String POLICY = "policy";

  private final StringBuilder head = new StringBuilder();
  private final StringBuilder contents = new StringBuilder();
  private final StringBuilder body = new StringBuilder();
  private String title = "";
  private int sections;
  private boolean isInPart;
  private boolean isInWorkload;

  @Override
  public void title(String title, List<Fact> facts) {
    this.title = title;
    head.append("<h1>").append(escape(title)).append("</h1>\n<dl class=\"facts\">\n");
    for (Fact fact : facts) {
      head.append(
          "<div><dt>%s</dt><dd>%s</dd></div>\n"
              .formatted(escape(fact.name()), escape(fact.value())));
    }
    head.append("</dl>\n");
  }

  @Override
  public void section(int level, String title) {
    if (level <= WORKLOAD_LEVEL) {
      endWorkload();
    }
    if (level == PART_LEVEL) {
      endPart();
      body.append("<section>\n");
      isInPart = true;
    }
    heading(level, title);
  }

  @Override
  public void workload(String name) {
    endWorkload();
    body.append("<section data-workload=\"%s\">\n".formatted(escape(name)));
    isInWorkload = true;
    heading(WORKLOAD_LEVEL, name);
  }

  /** The contents name parts and workloads; what is deeper would hide these. */
  private void heading(int level, String title) {
    sections++;
    String id = "section-" + sections;
    body.append("<h%d id=\"%s\">%s</h%d>\n".formatted(level, id, escape(title), level));
    if (level == PART_LEVEL) {
      contents.append(contents.isEmpty() ? "<ul>\n" : "</ul>\n<ul>\n");
    }
    if (level <= WORKLOAD_LEVEL) {
      contents.append(
          "<li class=\"level-%d\"><a href=\"#%s\">%s</a></li>\n"
              .formatted(level, id, escape(title)));
    }
  }

  private void endWorkload() {
    body.append(isInWorkload ? "</section>\n" : "");
    isInWorkload = false;
  }

  private void endPart() {
    endWorkload();
    body.append(isInPart ? "</section>\n" : "");
    isInPart = false;
  }

  @Override
  public void conclusion(String text) {
    body.append("<p class=\"conclusion\">").append(escape(text)).append("</p>\n");
  }

  @Override
  public void paragraph(String text) {
    body.append("<p>").append(escape(text)).append("</p>\n");
  }

  @Override
  public void warning(String text) {
    body.append("<p class=\"warning\" role=\"note\">").append(escape(text)).append("</p>\n");
  }

  @Override
  public void alarm(String text) {
    body.append("<p class=\"warning alarm\" role=\"alert\">").append(escape(text)).append("</p>\n");
  }

  @Override
  public void bullets(List<String> items) {
    body.append("<ul>\n");
    items.forEach(item -> body.append("<li>").append(escape(item)).append("</li>\n"));
    body.append("</ul>\n");
  }

  @Override
  public void table(Table table) {
    body.append("<div class=\"table\"><table>\n<caption>")
        .append(escape(table.caption()))
        .append("</caption>\n<thead><tr>");
    for (Table.Column column : table.columns()) {
      body.append(
          "<th scope=\"col\"%s%s>%s</th>"
              .formatted(numberClass(column), ofStrategy(column), head(column)));
    }
    body.append("</tr></thead>\n<tbody>\n");
    table.rows().forEach(row -> row(table.columns(), row));
    body.append("</tbody></table></div>\n");
  }

  private void row(List<Table.Column> columns, Table.Row row) {
    body.append(row.startsGroup() ? "<tr class=\"group\"" : "<tr")
        .append(marks(columns, row))
        .append('>');
    for (int i = 0; i < columns.size(); i++) {
      Table.Column column = columns.get(i);
      body.append("<td")
          .append(numberClass(column))
          .append(ofStrategy(column))
          .append('>')
          .append(entry(row.entries().get(i)))
          .append("</td>");
    }
    body.append("</tr>\n");
  }

  /** What the script can filter a row by; nothing where it is not of one strategy. */
  private static String marks(List<Table.Column> columns, Table.Row row) {
    StringBuilder marks = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      Table.Entry entry = row.entries().get(i);
      String head = columns.get(i).head();
      if (entry.look() == Table.Look.STRATEGY || entry.look() == Table.Look.CEILING) {
        marks.append(mark("strategy", entry));
      } else if (head.equals(THREADS) || head.equals(POLICY)) {
        marks.append(mark(head, entry));
      }
    }
    return marks.indexOf("data-strategy") < 0 ? "" : marks.toString();
  }

  private static String mark(String name, Table.Entry entry) {
    return " data-%s=\"%s\"".formatted(name, escape(entry.text()));
  }

  private static String numberClass(Table.Column column) {
    return column.isNumber() ? " class=\"number\"" : "";
  }

  /** What the script can filter a column by. */
  private static String ofStrategy(Table.Column column) {
    Table.StrategyMark strategy = column.strategy();
    return strategy == null ? "" : " data-strategy=\"%s\"".formatted(escape(strategy.name()));
  }

  private static String head(Table.Column column) {
    Table.StrategyMark strategy = column.strategy();
    return (strategy == null ? "" : swatch(strategy.color())) + escape(column.head());
  }

  private static String swatch(@Nullable String color) {
    return "<span class=\"swatch\" style=\"background:%s\"></span>".formatted(color);
  }

  private static String entry(Table.Entry entry) {
    String text = escape(entry.text());
    String swatch = swatch(entry.color());
    return switch (entry.look()) {
      case PLAIN -> text;
      case STRATEGY -> swatch + text;
      case CEILING -> swatch + text + " <span class=\"remark\">ceiling, unsafe</span>";
      case BADGE -> "<span class=\"badge\">" + text + "</span>";
      case ALARM -> "<strong class=\"badge alarm\">" + text + "</strong>";
      case BEST -> "<strong>" + text + "</strong>";
    };
  }

  @Override
  public void figure(Drawing drawing) {
    body.append("<figure>\n").append(drawing.svg().inline()).append("</figure>\n");
  }

  @Override
  public String finish() {
    endPart();
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>diolab: %s</title>
        <style>
        %s</style>
        </head>
        <body>
        <header>
        %s</header>
        <nav aria-label="Contents">
        %s</nav>
        <main>
        %s</main>
        <script>
        //<![CDATA[
        %s//]]>
        </script>
        </body>
        </html>
        """
        .formatted(
            escape(title),
            resource(STYLE_SHEET),
            head,
            contents.isEmpty() ? "" : contents + "</ul>\n",
            body,
            resource(SCRIPT));
  }

  private static String resource(String name) {
    try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError(name + " is not among the resources");
      }
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
