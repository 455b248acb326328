package dev.diolab.benchmarks.verify.races;

import dev.diolab.benchmarks.verify.races.schedule.Line;
import dev.diolab.engine.locking.DioStrategy;
import java.util.List;
import java.util.stream.Collectors;

/** Races as text for a terminal of 80 columns. */
public final class RaceTable {
  private static final int ID_WIDTH = 12;
  private static final int LEAST_WIDTH = 5;

  private RaceTable() {}

  /** The catalogue: strategy by race, then one line for each race. */
  public static String render(List<DioStrategy> strategies, List<RaceRow> rows) {
    StringBuilder text = new StringBuilder();
    text.append(String.format("%-" + ID_WIDTH + "s", "race"));
    for (DioStrategy strategy : strategies) {
      text.append(' ').append(pad(strategy.name(), strategy));
    }
    text.append(" old way\n");
    for (RaceRow row : rows) {
      text.append(line(strategies, row)).append('\n');
    }
    text.append(
        """

        safe: nothing went wrong; fails: lost, and not declared; FAILS: lost although declared
        tests: the old way is a mutant of the engine, and loses in the tests

        """);
    rows.forEach(row -> text.append(about(row.race())));
    return text.toString();
  }

  private static String line(List<DioStrategy> strategies, RaceRow row) {
    StringBuilder line = new StringBuilder();
    line.append(String.format("%-" + ID_WIDTH + "s", row.race().id()));
    for (int i = 0; i < strategies.size(); i++) {
      line.append(' ').append(pad(row.cells().get(i).kind().label(), strategies.get(i)));
    }
    return line.append(' ').append(oldWay(row)).toString();
  }

  private static String oldWay(RaceRow row) {
    Cell old = row.old();
    if (old == null) {
      return "tests";
    }
    return old.losses().isEmpty() ? "SAFE?" : "fails";
  }

  private static String pad(String text, DioStrategy strategy) {
    int width = Math.max(LEAST_WIDTH, strategy.name().length());
    return String.format("%-" + width + "s", text);
  }

  private static String about(Race race) {
    String breaks = race.breaks() == null ? "none" : race.breaks().name();
    return String.format(
        "%-" + ID_WIDTH + "s %s%n%-" + ID_WIDTH + "s   %s; %s; breaks %s%n",
        race.id(),
        race.name(),
        "",
        race.scheme(),
        race.source(),
        breaks);
  }

  /** What was lost, with what went wrong; empty when nothing was lost. */
  public static String losses(List<RaceRow> rows) {
    return rows.stream()
        .flatMap(
            row ->
                row.cells().stream()
                    .flatMap(cell -> cell.losses().stream())
                    .map(loss -> row.race().id() + " " + loss + "\n"))
        .collect(Collectors.joining());
  }

  /** What the catalogue leaves out, and why. */
  public static String leftOut() {
    return NotYet.all().stream()
        .map(entry -> String.format("%-" + ID_WIDTH + "s %s%n", entry.id(), entry.reason()))
        .collect(Collectors.joining());
  }

  /** One run with its interleaving. */
  public static String trace(Race race, DioStrategy strategy, String policy, Verdict verdict) {
    String end = verdict.fails() ? "lost: " + String.join("; ", verdict.problems()) : "safe";
    return String.format(
        "%s, %s, %s%n%s=> %s%n%n",
        race.id(), strategy.name(), policy, shortened(verdict.interleaving()), end);
  }

  /** Of lines in a row that differ in numbers only, the first, and how many follow. */
  private static String shortened(List<Line> lines) {
    StringBuilder text = new StringBuilder();
    int i = 0;
    while (i < lines.size()) {
      int next = i + 1;
      while (next < lines.size() && shape(lines.get(next)).equals(shape(lines.get(i)))) {
        next++;
      }
      text.append("  ").append(lines.get(i));
      if (next - i > 1) {
        text.append(" (and ").append(next - i - 1).append(" more like it)");
      }
      text.append('\n');
      i = next;
    }
    return text.toString();
  }

  private static String shape(Line line) {
    return line.toString().replaceAll("[0-9]+", "#");
  }
}
