package dev.diolab.results.report;

import dev.diolab.results.compare.ClawBack;
import dev.diolab.results.compare.ClawBack.Group;
import dev.diolab.results.compare.ClawBack.Row;
import dev.diolab.results.compare.ClawBack.State;
import dev.diolab.results.compare.ClawBackFindings;
import dev.diolab.results.compare.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A claw-back as plain text for a terminal: at the largest number of threads of each sync, the
 * share of plain overwrites of each policy and strategy, and what follows from it.
 */
public final class ClawBackLines {
  private static final String GAP = "  ";
  private static final String ABSENT = "-";
  private static final String BROKEN_MARK = "!";

  private ClawBackLines() {}

  /**
   * Renders one claw-back.
   *
   * @param width columns of the terminal, for sentences; the table is as wide as it has to be
   * @return lines ending in line feeds; nothing without plain overwrites
   */
  public static String render(ClawBack clawBack, int width) {
    StringBuilder out = new StringBuilder();
    for (Group group : clawBack.atMostThreads()) {
      out.append(
          "\nClaw-back, %s, %s, %d %s: share of plain overwrites\n"
              .formatted(
                  clawBack.subject().title(),
                  group.sync().label(),
                  group.threads(),
                  group.threads() == 1 ? "thread" : "threads"));
      table(out, group);
    }
    if (out.indexOf(BROKEN_MARK) >= 0) {
      out.append(BROKEN_MARK).append(" a declared guarantee is BROKEN\n");
    }
    ClawBackFindings.answers(clawBack)
        .forEach(answer -> out.append(TerminalTable.wrapped(answer, width)));
    return out.toString();
  }

  private static void table(StringBuilder out, Group group) {
    List<Row> shown = group.of(State.UNWRITTEN);
    List<String> strategies = shown.stream().map(Row::strategy).distinct().toList();
    List<String> policies = shown.stream().map(Row::policy).distinct().sorted().toList();
    List<List<String>> lines = new ArrayList<>();
    List<String> heads = new ArrayList<>(List.of("policy"));
    heads.addAll(strategies);
    lines.add(heads);
    for (String policy : policies) {
      List<String> line = new ArrayList<>(List.of(policy));
      for (String strategy : strategies) {
        Optional<Row> found =
            shown.stream()
                .filter(row -> row.policy().equals(policy) && row.strategy().equals(strategy))
                .findFirst();
        line.add(found.map(ClawBackLines::share).orElse(ABSENT));
      }
      lines.add(line);
    }
    for (List<String> line : lines) {
      out.append(aligned(line, lines).stripTrailing()).append('\n');
    }
  }

  private static String share(Row row) {
    return Numbers.ratio(row.share())
        + (row.isTie() ? " tie" : "")
        + (row.measured().cell().promise().isBroken() ? BROKEN_MARK : "");
  }

  private static String aligned(List<String> line, List<List<String>> all) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < line.size(); i++) {
      int column = i;
      int wide = all.stream().mapToInt(other -> other.get(column).length()).max().orElse(0);
      out.append(i == 0 ? "" : GAP).append(line.get(i));
      out.append(" ".repeat(wide - line.get(i).length()));
    }
    return out.toString();
  }
}
