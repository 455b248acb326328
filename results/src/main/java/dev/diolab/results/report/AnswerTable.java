package dev.diolab.results.report;

import dev.diolab.results.chart.Palette;
import dev.diolab.results.compare.Drift;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.compare.Percentile;
import dev.diolab.results.compare.Ranking;
import dev.diolab.results.compare.Standing;
import dev.diolab.results.compare.Subject;
import dev.diolab.results.report.Table.Column;
import dev.diolab.results.report.Table.Entry;
import dev.diolab.results.report.Table.Look;
import dev.diolab.results.report.Table.Row;
import dev.diolab.results.run.Cell;
import dev.diolab.results.stats.Contrast;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rankings of a workload in one table that can be shown by itself: a column for each strategy,
 * and for each variant and policy its throughput and p99 in terms of the best of the variant, with
 * intervals; below them what strategy and policy declare, and the verdict on that.
 */
final class AnswerTable {
  private static final String ABSENT = "–";
  private static final double TAIL_PERCENT = 99;

  private final List<Ranking> rankings;
  private final Palette palette;

  /** A member of each strategy; the ceiling stands last. */
  private final Map<String, Measured> strategies = new LinkedHashMap<>();

  private final List<Row> rows = new ArrayList<>();

  private AnswerTable(List<Ranking> rankings, Palette palette) {
    this.rankings = rankings.stream().filter(ranking -> !ranking.contenders().isEmpty()).toList();
    this.palette = palette;
    List<Measured> members = members(this.rankings);
    for (boolean ranked : new boolean[] {true, false}) {
      members.stream()
          .filter(measured -> measured.isRanked() == ranked)
          .forEach(measured -> strategies.putIfAbsent(strategy(measured), measured));
    }
  }

  /** The table; empty where there is nothing to compare. */
  static Optional<Table> of(List<Ranking> rankings, Palette palette) {
    AnswerTable answer = new AnswerTable(rankings, palette);
    return answer.rankings.stream().anyMatch(ranking -> ranking.members().size() > 1)
        ? Optional.of(answer.table())
        : Optional.empty();
  }

  private static List<Measured> members(Collection<Ranking> rankings) {
    return rankings.stream().flatMap(ranking -> ranking.members().stream()).toList();
  }

  private Table table() {
    rankings.forEach(this::addRanking);
    addPromises();
    return new Table(
        emulatedOrFirst()
            .marked(
                "%s at the most threads: 1 is the best, in parentheses the 95 %% interval"
                    .formatted(emulatedOrFirst().workload())),
        columns(),
        rows);
  }

  /** Also a table of which only a part is of an emulated disk shall say so in its caption. */
  private Subject emulatedOrFirst() {
    List<Subject> subjects =
        rankings.stream().map(ranking -> ranking.comparison().subject()).toList();
    return subjects.stream().filter(Subject::isEmulated).findFirst().orElseGet(subjects::getFirst);
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("variant", false));
    columns.add(new Column("threads", true));
    columns.add(new Column("policy", false));
    columns.add(new Column("measure", false));
    columns.add(new Column("1 is", true));
    strategies.forEach((strategy, any) -> columns.add(column(strategy, any)));
    return columns;
  }

  private Column column(String strategy, Measured any) {
    return new Column(
        any.isRanked() ? strategy : strategy + " (ceiling)",
        true,
        new Table.StrategyMark(strategy, palette.look(any.cell().key()).css()));
  }

  private void addRanking(Ranking ranking) {
    boolean startsGroup = !rows.isEmpty();
    for (String policy : ranking.members().stream().map(AnswerTable::policy).distinct().toList()) {
      if (!ranking.comparison().isOpenLoop()) {
        Standing standing = ranking.byThroughput();
        String best = Numbers.count(standing.ranked().getFirst().throughput().value());
        Function<Measured, Entry> entry = measured -> throughput(ranking, standing, measured);
        addRow(ranking, policy, "ops/s", best, entry, startsGroup);
        startsGroup = false;
      }
      Standing standing = ranking.byP99();
      String best = Numbers.micros(standing.ranked().getFirst().latency(Percentile.P99).value());
      String measure = ranking.comparison().isOpenLoop() ? "p99 response µs" : "p99 µs";
      Function<Measured, Entry> entry = measured -> p99(ranking, standing, measured);
      addRow(ranking, policy, measure, best, entry, startsGroup);
      startsGroup = false;
    }
  }

  private void addRow(
      Ranking ranking,
      String policy,
      String measure,
      String best,
      Function<Measured, Entry> entry,
      boolean startsGroup) {
    List<Entry> entries = new ArrayList<>();
    entries.add(Entry.plain(ranking.comparison().subject().variantOnDevice()));
    entries.add(Entry.plain(String.valueOf(ranking.comparison().mostThreads())));
    entries.add(Entry.plain(policy));
    entries.add(Entry.plain(measure));
    entries.add(Entry.plain(best));
    entries.addAll(ofEachStrategy(ranking.members(), policy, entry));
    rows.add(new Row(entries, startsGroup));
  }

  /** What each policy promises with each strategy, and what became of it. */
  private void addPromises() {
    List<Measured> members = members(rankings);
    for (String policy : members.stream().map(AnswerTable::policy).distinct().toList()) {
      addPromise(
          members, policy, "guarantees", cell -> Entry.plain(CellText.guarantees(cell)), true);
      addPromise(members, policy, "verdict", CellTables::verdict, false);
    }
  }

  private void addPromise(
      List<Measured> members,
      String policy,
      String what,
      Function<Cell, Entry> entry,
      boolean startsGroup) {
    List<Entry> entries = new ArrayList<>();
    entries.add(Entry.plain("all"));
    entries.add(Entry.plain(""));
    entries.add(Entry.plain(policy));
    entries.add(Entry.plain(what));
    entries.add(Entry.plain(""));
    entries.addAll(ofEachStrategy(members, policy, measured -> entry.apply(measured.cell())));
    rows.add(new Row(entries, startsGroup));
  }

  private List<Entry> ofEachStrategy(
      List<Measured> members, String policy, Function<Measured, Entry> entry) {
    return strategies.keySet().stream()
        .map(
            strategy ->
                members.stream()
                    .filter(measured -> policy(measured).equals(policy))
                    .filter(measured -> strategy(measured).equals(strategy))
                    .findFirst()
                    .map(entry)
                    .orElse(Entry.plain(ABSENT)))
        .toList();
  }

  private static Entry throughput(Ranking ranking, Standing standing, Measured measured) {
    return entry(ranking, standing, measured, "");
  }

  private static Entry p99(Ranking ranking, Standing standing, Measured measured) {
    return entry(ranking, standing, measured, CellText.thinMark(measured.cell(), TAIL_PERCENT));
  }

  /** The measure in terms of the best; in parentheses what may not be chosen. */
  private static Entry entry(Ranking ranking, Standing standing, Measured measured, String mark) {
    Measured best = standing.ranked().getFirst();
    Contrast contrast = standing.contrast(measured, best);
    if (!ranking.contenders().contains(measured)) {
      return new Entry(
          "(" + Numbers.ratio(contrast.ratio()) + mark + why(measured) + ")", Look.PLAIN, null);
    }
    boolean isBest = measured.equals(best);
    boolean ties = isBest || contrast.isTie();
    String text =
        (isBest ? "1" : CellText.contrast(contrast)) + mark + (ties ? drifting(measured) : "");
    boolean leads = standing.hasSpread() && ties && mark.isEmpty();
    return new Entry(text, leads ? Look.BEST : Look.PLAIN, null);
  }

  /** What is said of who leads but had not settled. */
  private static String drifting(Measured measured) {
    return Drift.of(measured).isPresent() ? ", drifting" : "";
  }

  /** Why a ranked strategy may not be chosen. */
  private static String why(Measured measured) {
    if (!measured.isRanked()) {
      return "";
    }
    return measured.cell().promise().isBroken() ? ", BROKEN" : ", falls behind";
  }

  private static String strategy(Measured measured) {
    return measured.cell().key().strategy();
  }

  private static String policy(Measured measured) {
    return measured.cell().key().policy();
  }
}
