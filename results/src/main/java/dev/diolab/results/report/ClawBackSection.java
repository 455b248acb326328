package dev.diolab.results.report;

import dev.diolab.results.chart.Drawing;
import dev.diolab.results.chart.Palette;
import dev.diolab.results.compare.ClawBack;
import dev.diolab.results.compare.ClawBack.Group;
import dev.diolab.results.compare.ClawBack.Row;
import dev.diolab.results.compare.ClawBack.State;
import dev.diolab.results.compare.ClawBackFindings;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.report.Table.Column;
import dev.diolab.results.report.Table.Entry;
import dev.diolab.results.report.Table.Look;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.Effects;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a report says of durable writes into preallocated space beside plain overwrites.
 *
 * @param clawBack what was measured
 * @param drawing the shares as a chart; absent where no plain overwrites were measured
 */
public record ClawBackSection(ClawBack clawBack, @Nullable Drawing drawing) {
  private static final String ABSENT = "–";
  private static final double MEBIBYTE = 1 << 20;

  private static final List<Column> COLUMNS =
      List.of(
          new Column("sync", false),
          new Column("threads", true),
          new Column("strategy", false),
          new Column("policy", false),
          new Column("ops/s", true),
          new Column("of overwrites", true),
          new Column("p99 µs", true),
          new Column("times overwrites", true),
          new Column("sync p99 µs", true),
          new Column("commits", true),
          new Column("MiB logged", true),
          new Column("MiB zeroed", true),
          new Column("extents after", true),
          new Column("verdict", false));

  void writeTo(Page page, Palette palette, Map<String, Object> parameters) throws IOException {
    page.section(4, "Claw-back: " + clawBack.subject().title());
    if (drawing != null) {
      page.bullets(ClawBackFindings.of(clawBack));
      page.figure(drawing);
      page.table(table(palette, parameters));
      page.paragraph(Wording.CLAW_BACK);
    }
    lack().forEach(page::paragraph);
  }

  /** Why cells have no share, one sentence; none where all have. */
  private List<String> lack() {
    return clawBack.lacking().isEmpty()
        ? List.of()
        : List.of(
            "No share of plain overwrites can be told where these were not measured: "
                + String.join("; ", clawBack.lacking())
                + ".");
  }

  private Table table(Palette palette, Map<String, Object> parameters) {
    List<Table.Row> rows = new ArrayList<>();
    for (Group group : clawBack.groups()) {
      List<Row> leaders = ClawBackFindings.leaders(group);
      String strategy = "";
      for (Row row : group.rows()) {
        List<Entry> entries = new ArrayList<>();
        entries.add(Entry.plain(group.sync().label()));
        entries.add(Entry.plain(String.valueOf(group.threads())));
        entries.addAll(figures(row, palette, parameters, leaders.contains(row)));
        rows.add(new Table.Row(entries, !rows.isEmpty() && !row.strategy().equals(strategy)));
        strategy = row.strategy();
      }
    }
    return new Table(
        "%s: throughput and p99 in terms of plain overwrites".formatted(clawBack.subject().title()),
        COLUMNS,
        rows);
  }

  private static List<Entry> figures(
      Row row, Palette palette, Map<String, Object> parameters, boolean leads) {
    Cell cell = row.measured().cell();
    return List.of(
        new Entry(
            row.strategy(),
            row.measured().isRanked() ? Look.STRATEGY : Look.CEILING,
            palette.look(cell.key()).css()),
        Entry.plain(policy(row)),
        Entry.plain(CellText.opsPerSecond(cell)),
        new Entry(share(row), leads ? Look.BEST : Look.PLAIN, null),
        Entry.plain(CellText.p99(cell)),
        Entry.plain(row.state() == State.REWRITTEN ? "1" : CellText.contrast(row.p99())),
        Entry.plain(cell.sync() == null ? ABSENT : Numbers.micros(cell.sync().p99Us())),
        Entry.plain(Numbers.count(cell.effects().journalCommits())),
        Entry.plain(logged(cell.effects(), parameters)),
        Entry.plain(zeroed(cell.effects())),
        Entry.plain(Numbers.count(cell.effects().extentsAfter())),
        CellTables.verdict(cell));
  }

  /** The policy, and what was written where that was not unwritten space. */
  private static String policy(Row row) {
    return switch (row.state()) {
      case REWRITTEN -> row.policy() + " (plain overwrites)";
      case ZEROED -> row.policy() + " (zero-filled before)";
      case ZEROED_AND_CHARGED -> row.policy() + " (zero-fill charged)";
      case UNWRITTEN -> row.policy();
    };
  }

  private static String share(Row row) {
    return row.state() == State.REWRITTEN ? "1" : CellText.contrast(row.throughput());
  }

  private static String logged(Effects effects, Map<String, Object> parameters) {
    @Nullable Object blockBytes = parameters.get("blockBytes");
    return blockBytes instanceof Number number
        ? Numbers.count(effects.journalBlocks() * number.doubleValue() / MEBIBYTE)
        : ABSENT;
  }

  private static String zeroed(Effects effects) {
    return effects.bytesZeroed() == null ? ABSENT : Numbers.count(effects.bytesZeroed() / MEBIBYTE);
  }
}
