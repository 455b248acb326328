package dev.diolab.results.report;

import dev.diolab.results.chart.Palette;
import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.compare.Subject;
import dev.diolab.results.report.Table.Column;
import dev.diolab.results.report.Table.Entry;
import dev.diolab.results.report.Table.Look;
import dev.diolab.results.report.Table.Row;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.Phase;
import dev.diolab.results.run.SyncLatency;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The tables of a comparison: by threads, then the fastest first, the ceiling last. */
final class CellTables {
  private static final Comparator<Measured> ORDER =
      Comparator.comparingInt(Measured::threads)
          .thenComparing(Measured::isRanked, Comparator.reverseOrder())
          .thenComparing(
              measured -> measured.cell().throughput().opsPerSecond(), Comparator.reverseOrder());

  private final Palette palette;
  private final Subject subject;
  private final List<Measured> members;
  private final List<Column> columns = new ArrayList<>();
  private final List<Function<Cell, Entry>> entries = new ArrayList<>();

  private CellTables(Comparison comparison, Palette palette) {
    this.palette = palette;
    this.subject = comparison.subject();
    this.members = ordered(comparison.members());
    add("strategy", false, this::strategy);
    text("policy", cell -> cell.key().policy());
    number("threads", cell -> String.valueOf(cell.key().threads()));
  }

  /** How much, how fast, and what is promised. */
  static Table results(Comparison comparison, Palette palette) {
    CellTables table = new CellTables(comparison, palette);
    table.number("ops/s", CellText::opsPerSecond);
    table.number("rounds, ops/s", CellText::rounds);
    table.number("MB/s", CellText::megabytes);
    String service = comparison.isOpenLoop() ? "service " : "";
    table.number(service + "p50 µs", CellText::p50);
    table.number(service + "p99 µs", CellText::p99);
    table.number(service + "p99.9 µs", CellText::p999);
    table.number(service + "max µs", CellText::max);
    if (comparison.isOpenLoop()) {
      table.number("response p50 µs", CellText::responseP50);
      table.number("response p99 µs", CellText::responseP99);
      table.number("response p99.9 µs", CellText::responseP999);
      table.number("response max µs", CellText::responseMax);
      table.number("unsent", CellText::unsent);
    }
    if (table.any(cell -> cell.sync() != null)) {
      table.number("sync p50 µs", cell -> sync(cell, SyncLatency::p50Us));
      table.number("sync p99 µs", cell -> sync(cell, SyncLatency::p99Us));
    }
    table.text("guarantees", CellText::guarantees);
    table.add("verdict", false, CellTables::verdict);
    return table.build(
        comparison.isOpenLoop()
            ? "Achieved throughput, service time and response time, open loop"
            : "Throughput and service time, closed loop");
  }

  /** Where the time of an operation went. */
  static Table phases(Comparison comparison, Palette palette) {
    CellTables table = new CellTables(comparison, palette);
    table.number("total", cell -> CellText.mean(cell, Phase.TOTAL));
    for (Phase phase : Phase.PARTS) {
      table.number(phase.title(), cell -> CellText.mean(cell, phase));
    }
    table.number("other", cell -> Numbers.micros(cell.phases().otherMeanUs()));
    table.number("share of lock wait", CellText::lockWaitShare);
    table.number(
        "p99 of lock wait", cell -> Numbers.micros(cell.phases().get(Phase.LOCK_WAIT).p99Us()));
    return table.build("Mean time per operation in each phase, µs");
  }

  /** What the operations did to file, journal and device. */
  static Table effects(Comparison comparison, Palette palette) {
    CellTables table = new CellTables(comparison, palette);
    table.number("operations", cell -> Numbers.count(cell.throughput().operations()));
    table.number("extents", CellText::extents);
    table.number("commits", cell -> Numbers.count(cell.effects().journalCommits()));
    table.number("blocks logged", cell -> Numbers.count(cell.effects().journalBlocks()));
    table.number("device writes", cell -> Numbers.count(cell.effects().deviceWrites()));
    table.number(
        "MB written", cell -> Numbers.megabytes((double) cell.effects().deviceBytesWritten()));
    table.number("flushes", cell -> Numbers.count(cell.effects().deviceFlushes()));
    if (table.any(cell -> cell.fillSeconds() != null)) {
      table.number("fill s", cell -> optional(cell.fillSeconds()));
    }
    if (table.any(cell -> cell.allocatedBytesPerOp() != null)) {
      table.number("heap B/op", cell -> optional(cell.allocatedBytesPerOp()));
    }
    return table.build("What the operations of all rounds did to file, journal and device");
  }

  /** Cells in the order of the tables. */
  static List<Measured> ordered(List<Measured> cells) {
    return cells.stream().sorted(ORDER).toList();
  }

  /** Whether a figure in the tables has the mark of few operations. */
  static boolean hasThinFigures(Comparison comparison) {
    return comparison.members().stream().anyMatch(measured -> measured.cell().isThinBeyond(99.9));
  }

  private static String sync(Cell cell, Function<SyncLatency, Double> figure) {
    return cell.sync() == null ? "–" : Numbers.micros(figure.apply(cell.sync()));
  }

  private static String optional(@Nullable Double value) {
    return value == null ? "–" : Numbers.count(value);
  }

  private boolean any(Predicate<Cell> predicate) {
    return members.stream().map(Measured::cell).anyMatch(predicate);
  }

  private void text(String head, Function<Cell, String> text) {
    add(head, false, cell -> Entry.plain(text.apply(cell)));
  }

  private void number(String head, Function<Cell, String> text) {
    add(head, true, cell -> Entry.plain(text.apply(cell)));
  }

  private void add(String head, boolean isNumber, Function<Cell, Entry> entry) {
    columns.add(new Column(head, isNumber));
    entries.add(entry);
  }

  private Entry strategy(Cell cell) {
    return new Entry(
        cell.key().strategy(),
        cell.promise().ranked() ? Look.STRATEGY : Look.CEILING,
        palette.look(cell.key()).css());
  }

  /** The verdict, which is not to be overlooked where a declared guarantee fell. */
  static Entry verdict(Cell cell) {
    return new Entry(
        cell.promise().verdict(), cell.promise().isBroken() ? Look.ALARM : Look.BADGE, null);
  }

  private Table build(String caption) {
    List<Row> rows = new ArrayList<>();
    int threads = members.getFirst().threads();
    for (Measured measured : members) {
      List<Entry> row = entries.stream().map(entry -> entry.apply(measured.cell())).toList();
      rows.add(new Row(row, measured.threads() != threads));
      threads = measured.threads();
    }
    return new Table(subject.marked(caption), columns, rows);
  }
}
