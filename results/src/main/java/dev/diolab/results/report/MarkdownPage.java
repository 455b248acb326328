package dev.diolab.results.report;

import dev.diolab.results.chart.Drawing;
import java.util.List;
import java.util.stream.Collectors;

/** Writes Markdown with tables as GitHub has them; charts are links to files. */
final class MarkdownPage implements Page {
  private static final String SPECIAL = "\\`*_[]<>|";

  private final StringBuilder out = new StringBuilder();

  @Override
  public void title(String title, List<Fact> facts) {
    block("# " + escape(title));
    block(
        facts.stream()
            .map(fact -> "**%s** %s".formatted(escape(fact.name()), escape(fact.value())))
            .collect(Collectors.joining(" · ")));
  }

  @Override
  public void section(int level, String title) {
    block("#".repeat(level) + " " + escape(title));
  }

  @Override
  public void workload(String name) {
    section(3, name);
  }

  @Override
  public void conclusion(String text) {
    block("**" + escape(text) + "**");
  }

  @Override
  public void paragraph(String text) {
    block(escape(text));
  }

  @Override
  public void warning(String text) {
    block("> **" + escape(text) + "**");
  }

  @Override
  public void alarm(String text) {
    block("> [!CAUTION]\n> **" + escape(text) + "**");
  }

  @Override
  public void bullets(List<String> items) {
    block(items.stream().map(item -> "- " + escape(item)).collect(Collectors.joining("\n")));
  }

  @Override
  public void table(Table table) {
    StringBuilder text = new StringBuilder();
    text.append("**").append(escape(table.caption())).append("**\n\n");
    text.append(line(table.columns().stream().map(column -> escape(column.head())).toList()));
    text.append(
        line(table.columns().stream().map(column -> column.isNumber() ? "---:" : "---").toList()));
    for (Table.Row row : table.rows()) {
      text.append(line(row.entries().stream().map(MarkdownPage::entry).toList()));
    }
    block(text.toString().stripTrailing());
  }

  @Override
  public void figure(Drawing drawing) {
    block("![%s](charts/%s.svg)".formatted(escape(drawing.title()), drawing.name()));
  }

  @Override
  public String finish() {
    return out.toString().stripTrailing() + "\n";
  }

  private void block(String text) {
    out.append(text).append("\n\n");
  }

  private static String line(List<String> entries) {
    return "| " + String.join(" | ", entries) + " |\n";
  }

  private static String entry(Table.Entry entry) {
    String text = escape(entry.text());
    return switch (entry.look()) {
      case PLAIN, STRATEGY -> text;
      case CEILING -> text + " *(ceiling, unsafe)*";
      case BADGE -> "`" + text + "`";
      case ALARM, BEST -> "**" + text + "**";
    };
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      escaped.append(SPECIAL.indexOf(character) < 0 ? "" : "\\").append(character);
    }
    return escaped.toString();
  }
}
