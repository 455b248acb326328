package dev.diolab.results.report;

import dev.diolab.results.chart.Drawing;
import dev.diolab.results.chart.Palette;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.compare.ScanEffect;
import dev.diolab.results.report.Table.Column;
import dev.diolab.results.report.Table.Entry;
import dev.diolab.results.report.Table.Look;
import dev.diolab.results.report.Table.Row;
import dev.diolab.results.run.Cell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of writes between scans and in them, before it comes to each of them.
 *
 * @param effect what was measured
 * @param drawing the tails as a chart
 */
public record ScanSection(ScanEffect effect, Drawing drawing) {
  private static final String ABSENT = "–";
  private static final double GIBIBYTE = 1L << 30;

  void writeTo(Page page, Palette palette, Map<String, Object> parameters) throws IOException {
    page.table(table(palette, parameters));
    page.figure(drawing);
  }

  private Table table(Palette palette, Map<String, Object> parameters) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("strategy", false));
    columns.add(new Column("policy", false));
    for (String head :
        List.of(
            "writes/s between scans",
            "in scan",
            "p99 µs between scans",
            "in scan",
            "times",
            "scan MB/s",
            "punch p50 µs",
            "punch p99 µs",
            "truncate p50 µs",
            "truncate max µs",
            "regrow p50 µs",
            "extents",
            "extents/GiB after")) {
      columns.add(new Column(head, true));
    }
    List<Row> rows = effect.rows().stream().map(row -> row(row, palette, parameters)).toList();
    return new Table(
        "%s, %d writers: between scans and in scan"
            .formatted(effect.subject().title(), effect.threads()),
        columns,
        rows);
  }

  private static Row row(ScanEffect.Row row, Palette palette, Map<String, Object> parameters) {
    Cell between = row.between().cell();
    Cell inScan = row.inScan().cell();
    List<Entry> entries = new ArrayList<>();
    entries.add(
        new Entry(
            between.key().strategy(),
            between.promise().ranked() ? Look.STRATEGY : Look.CEILING,
            palette.look(between.key()).css()));
    entries.add(Entry.plain(between.key().policy()));
    entries.add(Entry.plain(CellText.opsPerSecond(between)));
    entries.add(Entry.plain(CellText.opsPerSecond(inScan)));
    entries.add(Entry.plain(CellText.p99(between)));
    entries.add(Entry.plain(CellText.p99(inScan)));
    entries.add(Entry.plain(Numbers.ratio(row.p99Ratio())));
    entries.add(other(row, "scan", CellText::megabytes));
    entries.add(other(row, "punch", CellText::p50));
    entries.add(other(row, "punch", CellText::p99));
    entries.add(other(row, "truncate", CellText::p50));
    entries.add(other(row, "truncate", CellText::max));
    entries.add(other(row, "regrow", CellText::p50));
    entries.add(Entry.plain(CellText.extents(between)));
    entries.add(Entry.plain(extentsPerGibibyte(row.between(), parameters)));
    return new Row(entries, false);
  }

  private static Entry other(ScanEffect.Row row, String part, Function<Cell, String> figure) {
    return Entry.plain(row.other(part).map(figure).orElse(ABSENT));
  }

  private static String extentsPerGibibyte(Measured writes, Map<String, Object> parameters) {
    @Nullable Object bytes = parameters.get(ScanEffect.WORKLOAD + ".fileBytes");
    return bytes instanceof Number number && number.doubleValue() > 0
        ? Numbers.count(
            Math.rint(writes.cell().effects().extentsAfter() / (number.doubleValue() / GIBIBYTE)))
        : ABSENT;
  }
}
