package dev.diolab.results.report;

import dev.diolab.results.chart.Palette;
import dev.diolab.results.compare.Interference;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.report.Table.Column;
import dev.diolab.results.report.Table.Entry;
import dev.diolab.results.report.Table.Look;
import dev.diolab.results.report.Table.Row;
import dev.diolab.results.run.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a report says of requests of one kind beside those of another, before it comes to each.
 *
 * @param matrix what was measured
 */
public record InterferenceSection(Interference matrix) {
  private static final String ABSENT = "–";

  private static final String NOTHING_LOST =
      "Under no ranked strategy do the rounds tell a throughput beside others apart from that beside"
          + " nobody.";

  void writeTo(Page page, Palette palette) {
    page.paragraph(summary());
    page.table(table(palette));
  }

  /** Who is starved most. */
  String summary() {
    return matrix.worst().map(InterferenceSection::sentence).orElse(NOTHING_LOST);
  }

  private static String sentence(Interference.Worst worst) {
    Cell cell = worst.row().alone().cell();
    return String.format(
        Locale.ROOT,
        "The most starved are %s beside %s under %s: %s of their throughput beside nobody is left. A"
            + " share near one half is what two halves of the threads may take from each other on a"
            + " saturated device; less is starvation.",
        worst.row().measured(),
        worst.beside(),
        cell.key().strategy(),
        Numbers.ratio(worst.share()));
  }

  private Table table(Palette palette) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("measured", false));
    columns.add(new Column("strategy", false));
    columns.add(new Column("policy", false));
    columns.add(new Column("ops/s beside nobody", true));
    columns.add(new Column("p99 µs", true));
    matrix.columns().forEach(kind -> columns.add(new Column("beside " + kind, true)));
    List<Row> rows = matrix.rows().stream().map(row -> row(row, palette)).toList();
    return new Table(
        matrix
            .subject()
            .marked(
                "%d threads, half of them measured: share of the throughput beside nobody, and how many times its p99"
                    .formatted(matrix.threads())),
        columns,
        rows);
  }

  private Row row(Interference.Row row, Palette palette) {
    Cell alone = row.alone().cell();
    List<Entry> entries = new ArrayList<>();
    entries.add(Entry.plain(row.measured()));
    entries.add(
        new Entry(
            alone.key().strategy(),
            alone.promise().ranked() ? Look.STRATEGY : Look.CEILING,
            palette.look(alone.key()).css()));
    entries.add(Entry.plain(alone.key().policy()));
    entries.add(Entry.plain(CellText.opsPerSecond(alone)));
    entries.add(Entry.plain(CellText.p99(alone)));
    for (String kind : matrix.columns()) {
      entries.add(Entry.plain(figure(row, kind)));
    }
    return new Row(entries, false);
  }

  private static String figure(Interference.Row row, String kind) {
    return row.share(kind)
        .map(
            share ->
                CellText.contrast(share)
                    + row.p99Ratio(kind)
                        .map(ratio -> ", p99 ×" + CellText.contrast(ratio))
                        .orElse(""))
        .orElse(ABSENT);
  }
}
