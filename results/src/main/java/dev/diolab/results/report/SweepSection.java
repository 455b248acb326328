package dev.diolab.results.report;

import dev.diolab.results.chart.Drawing;
import dev.diolab.results.chart.Palette;
import dev.diolab.results.compare.Knee;
import dev.diolab.results.compare.LoadSweep;
import dev.diolab.results.compare.LoadSweep.Curve;
import dev.diolab.results.compare.LoadSweep.Point;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.report.Table.Column;
import dev.diolab.results.report.Table.Entry;
import dev.diolab.results.report.Table.Look;
import dev.diolab.results.report.Table.Row;
import dev.diolab.results.run.Cell;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a report says of a sweep over offered loads.
 *
 * @param sweep what was measured
 * @param drawings the response time and the achieved throughput as charts
 */
public record SweepSection(LoadSweep sweep, List<Drawing> drawings) {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("strategy", false),
          new Column("policy", false),
          new Column("% of capacity", true),
          new Column("offered ops/s", true),
          new Column("achieved", true),
          new Column("unsent", true),
          new Column("service p50 µs", true),
          new Column("service p99 µs", true),
          new Column("response p50 µs", true),
          new Column("response p99 µs", true),
          new Column("response p99.9 µs", true),
          new Column("response max µs", true),
          new Column("verdict", false));

  /** Copies the list. */
  public SweepSection {
    drawings = List.copyOf(drawings);
  }

  /** Where the knees are, in one sentence for all strategies. */
  String summary() {
    return "%s: knee at %s."
        .formatted(
            sweep.title(),
            sweep.curves().stream().map(SweepSection::brief).collect(Collectors.joining(", ")));
  }

  private static String brief(Curve curve) {
    return Knee.of(curve)
            .point()
            .map(point -> Numbers.count(point.offeredOpsPerSecond()) + " ops/s")
            .orElse("no load of the range")
        + " under "
        + curve.label();
  }

  void writeTo(Page page, Palette palette) throws IOException {
    page.section(4, "Sweep: " + sweep.title());
    page.bullets(sweep.curves().stream().map(curve -> Knee.of(curve).sentence()).toList());
    page.paragraph(Wording.SWEEP);
    for (Drawing drawing : drawings) {
      page.figure(drawing);
    }
    page.table(table(palette));
    page.paragraph(Wording.RESPONSE_TIME);
    if (points().anyMatch(point -> point.cell().isThinBeyond(99.9))) {
      page.paragraph(Wording.THIN);
    }
  }

  private Stream<Point> points() {
    return sweep.curves().stream().flatMap(curve -> curve.points().stream());
  }

  private Table table(Palette palette) {
    List<Row> rows = new ArrayList<>();
    for (Curve curve : sweep.curves()) {
      for (Point point : curve.points()) {
        boolean startsGroup = !rows.isEmpty() && point.equals(curve.points().getFirst());
        rows.add(new Row(entries(point, palette), startsGroup));
      }
    }
    return new Table(
        sweep.subject().marked("Offered load, achieved load, service and response time"),
        COLUMNS,
        rows);
  }

  private static List<Entry> entries(Point point, Palette palette) {
    Cell cell = point.cell();
    List<Entry> entries = new ArrayList<>();
    entries.add(
        new Entry(
            cell.key().strategy(),
            cell.promise().ranked() ? Look.STRATEGY : Look.CEILING,
            palette.look(cell.key()).css()));
    entries.add(Entry.plain(cell.key().policy()));
    entries.add(Entry.plain(String.valueOf(point.offered().percentOfCapacity())));
    entries.add(Entry.plain(Numbers.count(point.offeredOpsPerSecond())));
    entries.add(Entry.plain(CellText.opsPerSecond(cell)));
    entries.add(Entry.plain(CellText.unsent(cell)));
    entries.add(Entry.plain(CellText.p50(cell)));
    entries.add(Entry.plain(CellText.p99(cell)));
    entries.add(Entry.plain(CellText.responseP50(cell)));
    entries.add(Entry.plain(CellText.responseP99(cell)));
    entries.add(Entry.plain(CellText.responseP999(cell)));
    entries.add(Entry.plain(CellText.responseMax(cell)));
    entries.add(CellTables.verdict(cell));
    return entries;
  }
}
