package dev.diolab.results.report;

import dev.diolab.results.chart.Palette;
import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.compare.Standing;
import dev.diolab.results.report.Table.Column;
import dev.diolab.results.report.Table.Entry;
import dev.diolab.results.report.Table.Look;
import dev.diolab.results.report.Table.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One row for each comparison and policy, one column for each strategy: throughput at the largest
 * number of threads, relative to the baseline. The best are marked, a tie with the baseline is
 * called one.
 */
final class Overview {
  private static final String ABSENT = "–";

  private final Palette palette;

  /** Whether each strategy is ranked; the ceiling stands last. */
  private final Map<String, Boolean> strategies = new LinkedHashMap<>();

  private final List<Row> rows = new ArrayList<>();

  private Overview(List<Comparison> comparisons, Palette palette) {
    this.palette = palette;
    List<Measured> compared =
        comparisons.stream()
            .filter(Overview::isComparable)
            .flatMap(comparison -> comparison.members().stream())
            .toList();
    for (boolean ranked : new boolean[] {true, false}) {
      compared.stream()
          .filter(measured -> measured.isRanked() == ranked)
          .forEach(measured -> strategies.putIfAbsent(strategy(measured), ranked));
    }
    comparisons.stream().filter(Overview::isComparable).forEach(this::addRows);
  }

  /** The table; empty where no comparison has the baseline and another strategy. */
  static Optional<Table> of(List<Comparison> comparisons, Palette palette) {
    Overview overview = new Overview(comparisons, palette);
    return overview.rows.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Table(
                "Throughput relative to %s with the same policy, at the largest number of threads"
                    .formatted(Standing.BASELINE),
                overview.columns(),
                overview.rows));
  }

  private static boolean isComparable(Comparison comparison) {
    // Where operations arrive at a rate, all that keep up have the same throughput.
    if (comparison.isOpenLoop()) {
      return false;
    }
    Standing standing = Standing.byThroughput(comparison.at(comparison.mostThreads()));
    return standing.ranked().size() > 1
        && standing.baselineOf(standing.ranked().getFirst()).isPresent();
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("workload and variant", false));
    columns.add(new Column("policy", false));
    columns.add(new Column("threads", true));
    strategies.forEach(
        (strategy, ranked) ->
            columns.add(new Column(ranked ? strategy : strategy + " (ceiling)", true)));
    return columns;
  }

  private void addRows(Comparison comparison) {
    List<Measured> members = comparison.at(comparison.mostThreads());
    Standing standing = Standing.byThroughput(members);
    List<String> policies = members.stream().map(Overview::policy).distinct().toList();
    for (String policy : policies) {
      List<Entry> entries = new ArrayList<>();
      entries.add(Entry.plain(comparison.subject().title()));
      entries.add(Entry.plain(policy));
      entries.add(Entry.plain(String.valueOf(comparison.mostThreads())));
      for (String strategy : strategies.keySet()) {
        entries.add(
            members.stream()
                .filter(measured -> policy(measured).equals(policy))
                .filter(measured -> strategy(measured).equals(strategy))
                .findFirst()
                .map(measured -> entry(standing, measured))
                .orElse(Entry.plain(ABSENT)));
      }
      boolean startsGroup = !rows.isEmpty() && policy.equals(policies.getFirst());
      rows.add(new Row(entries, startsGroup));
    }
  }

  private Entry entry(Standing standing, Measured measured) {
    Measured baseline = standing.baselineOf(measured).orElseThrow();
    String ratio =
        Numbers.ratio(
                measured.cell().throughput().opsPerSecond()
                    / baseline.cell().throughput().opsPerSecond())
            + "×";
    String color = palette.look(measured.cell().key()).css();
    if (!measured.isRanked()) {
      return new Entry("(" + ratio + ")", Look.PLAIN, color);
    }
    boolean isBaseline = measured.equals(baseline);
    boolean ties = standing.hasSpread() && !isBaseline && standing.isTie(measured, baseline);
    boolean leads = standing.hasSpread() && standing.leaders().contains(measured);
    String text = isBaseline ? "1" : ties ? ratio + " tie" : ratio;
    return new Entry(text, leads ? Look.BEST : Look.PLAIN, color);
  }

  private static String strategy(Measured measured) {
    return measured.cell().key().strategy();
  }

  private static String policy(Measured measured) {
    return measured.cell().key().policy();
  }
}
