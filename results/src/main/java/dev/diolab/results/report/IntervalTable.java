package dev.diolab.results.report;

import dev.diolab.results.chart.Palette;
import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.compare.Percentile;
import dev.diolab.results.compare.Standing;
import dev.diolab.results.report.Table.Column;
import dev.diolab.results.report.Table.Entry;
import dev.diolab.results.report.Table.Look;
import dev.diolab.results.report.Table.Row;
import dev.diolab.results.stats.Contrast;
import dev.diolab.results.stats.Sample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/**
 * How surely the figures of a comparison are known: their 95 % intervals, and the throughput in
 * terms of the baseline, with the chance of the rank test. By threads, then the fastest first.
 */
final class IntervalTable {
  private static final String ABSENT = "–";

  private final Comparison comparison;
  private final Palette palette;

  private IntervalTable(Comparison comparison, Palette palette) {
    this.comparison = comparison;
    this.palette = palette;
  }

  /** The table; empty where no member was measured more than once. */
  static Optional<Table> of(Comparison comparison, Palette palette) {
    boolean hasSpread =
        comparison.members().stream().anyMatch(measured -> measured.throughput().hasSpread());
    return hasSpread
        ? Optional.of(new IntervalTable(comparison, palette).table())
        : Optional.empty();
  }

  private Table table() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("strategy", false));
    columns.add(new Column("policy", false));
    columns.add(new Column("threads", true));
    columns.add(new Column("ops/s", true));
    String clock = comparison.isOpenLoop() ? "response " : "";
    for (Percentile percentile : Percentile.values()) {
      columns.add(new Column(clock + percentile.title() + " µs", true));
    }
    columns.add(new Column("ops/s by " + Standing.BASELINE, true));
    columns.add(new Column("rank test p", true));
    return new Table(
        comparison.subject().marked("What the rounds allow, 95 % intervals"), columns, rows());
  }

  private List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int threads : comparison.threadCounts()) {
      List<Measured> members = CellTables.ordered(comparison.at(threads));
      Standing standing = Standing.byThroughput(members);
      for (Measured measured : members) {
        boolean startsGroup = !rows.isEmpty() && measured.equals(members.getFirst());
        rows.add(new Row(entries(standing, measured), startsGroup));
      }
    }
    return rows;
  }

  private List<Entry> entries(Standing standing, Measured measured) {
    List<Entry> entries = new ArrayList<>();
    entries.add(
        new Entry(
            measured.cell().key().strategy(),
            measured.isRanked() ? Look.STRATEGY : Look.CEILING,
            palette.look(measured.cell().key()).css()));
    entries.add(Entry.plain(measured.cell().key().policy()));
    entries.add(Entry.plain(String.valueOf(measured.threads())));
    entries.add(Entry.plain(interval(measured.throughput(), Numbers::count)));
    for (Percentile percentile : Percentile.values()) {
      entries.add(Entry.plain(interval(measured.latency(percentile), Numbers::micros)));
    }
    Optional<Contrast> contrast =
        standing
            .baselineOf(measured)
            .filter(baseline -> !baseline.equals(measured))
            .map(baseline -> standing.contrast(measured, baseline));
    entries.add(Entry.plain(contrast.map(CellText::contrast).orElse(ABSENT)));
    entries.add(Entry.plain(contrast.map(IntervalTable::rankChance).orElse(ABSENT)));
    return entries;
  }

  private static String interval(Sample sample, DoubleFunction<String> number) {
    return sample.interval().map(ends -> Numbers.interval(ends, number)).orElse(ABSENT);
  }

  private static String rankChance(Contrast contrast) {
    return contrast.rankChance().isPresent()
        ? Numbers.chance(contrast.rankChance().getAsDouble())
        : ABSENT;
  }
}
