package dev.diolab.results.report;

import dev.diolab.results.compare.Drift;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.Subject;
import dev.diolab.results.report.Table.Column;
import dev.diolab.results.report.Table.Entry;
import dev.diolab.results.report.Table.Look;
import dev.diolab.results.report.Table.Row;
import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.Slices;
import dev.diolab.results.run.Slices.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Warm-up and measured time of the cells that were cut into slices, those that drifted first. */
final class SteadyTable {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("workload", false),
          new Column("threads", true),
          new Column("strategy", false),
          new Column("throughput: warm-up\u2502measured", false),
          new Column("p99: warm-up\u2502measured", false),
          new Column("settled", false));

  private SteadyTable() {}

  /** How many cells drifted of how many, in a sentence; empty where no cell has slices. */
  static Optional<String> summary(List<Measured> cells) {
    long sliced = cells.stream().filter(cell -> cell.cell().slices() != null).count();
    long drifting = cells.stream().filter(cell -> Drift.of(cell).isPresent()).count();
    return sliced == 0
        ? Optional.empty()
        : Optional.of(
            "%d of the %d cells that run for a time were still drifting while they were measured."
                .formatted(drifting, sliced));
  }

  /** The table; empty where no cell has slices. */
  static Optional<Table> of(List<Measured> cells) {
    List<Row> drifting = new ArrayList<>();
    List<Row> settled = new ArrayList<>();
    for (Measured measured : cells) {
      Slices slices = measured.cell().slices();
      if (slices != null) {
        Optional<Drift> drift = Drift.of(measured);
        (drift.isPresent() ? drifting : settled).add(row(measured.cell().key(), slices, drift));
      }
    }
    List<Row> rows = new ArrayList<>(drifting);
    rows.addAll(settled);
    return rows.isEmpty()
        ? Optional.empty()
        : Optional.of(new Table("Warm-up and measured time, slice by slice", COLUMNS, rows));
  }

  private static Row row(CellKey key, Slices slices, Optional<Drift> drift) {
    return new Row(
        List.of(
            Entry.plain(Subject.of(key).title()),
            Entry.plain(String.valueOf(key.threads())),
            Entry.plain(key.strategy() + " + " + key.policy()),
            Entry.plain(sparkline(slices, Slice::opsPerSecond)),
            Entry.plain(sparkline(slices, Slice::p99Us)),
            drift
                .map(found -> new Entry("drifting: " + found.title(), Look.BADGE, null))
                .orElse(Entry.plain("yes"))),
        false);
  }

  private static String sparkline(Slices slices, ToDoubleFunction<Slice> measure) {
    return Sparkline.of(
        slices.warmup().stream().mapToDouble(measure).toArray(),
        slices.measured().stream().mapToDouble(measure).toArray());
  }
}
