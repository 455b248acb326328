package dev.diolab.results.report;

import dev.diolab.results.compare.Subject;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.RunFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The results of a run as plain text for a terminal. Where the terminal is too narrow, the columns
 * that matter least are left out, never cut.
 */
public final class TerminalTable {
  private static final String GAP = "  ";

  private static final Comparator<Cell> ORDER =
      Comparator.<Cell>comparingInt(cell -> cell.key().threads())
          .thenComparing(cell -> cell.promise().ranked(), Comparator.reverseOrder())
          .thenComparing(cell -> cell.throughput().opsPerSecond(), Comparator.reverseOrder());

  /** Columns in the order of reading; of two, the one with the higher rank is left out first. */
  private static final List<Column> COLUMNS =
      List.of(
          new Column("strategy", 0, false, TerminalTable::strategy),
          new Column("policy", 5, false, cell -> cell.key().policy()),
          new Column("threads", 0, true, cell -> String.valueOf(cell.key().threads())),
          new Column("ops/s", 0, true, CellText::opsPerSecond),
          new Column("spread", 4, true, CellText::spread),
          new Column("MB/s", 7, true, CellText::megabytes),
          new Column("p50 µs", 3, true, CellText::p50),
          new Column("p99 µs", 0, true, CellText::p99),
          new Column("p99.9 µs", 6, true, CellText::p999),
          new Column("max µs", 8, true, CellText::max),
          new Column("lock wait", 2, true, CellText::lockWaitShare),
          new Column("verdict", 1, false, cell -> cell.promise().verdict()));

  private static final String OTHERS_ARE_SERVICE =
      " Columns that do not say response are service times.";

  /** Stand before the verdict where operations arrived at a rate. */
  private static final List<Column> OPEN_LOOP =
      List.of(
          new Column("offered/s", 1, true, CellText::offered),
          new Column("response p50 µs", 3, true, CellText::responseP50),
          new Column("response p99 µs", 0, true, CellText::responseP99),
          new Column("unsent", 1, true, CellText::unsent));

  private record Column(String head, int rank, boolean isNumber, Function<Cell, String> text) {}

  private TerminalTable() {}

  /**
   * Renders all cells, grouped by workload and variant.
   *
   * @param width columns of the terminal; a table that cannot be that narrow is wider
   * @return lines ending in line feeds
   */
  public static String render(RunFile run, int width) {
    if (run.cells().isEmpty()) {
      return "Nothing was measured.\n";
    }
    Map<Subject, List<Cell>> groups = new LinkedHashMap<>();
    run.cells()
        .forEach(
            cell ->
                groups.computeIfAbsent(Subject.of(cell.key()), any -> new ArrayList<>()).add(cell));
    List<Column> columns = fitting(run.cells(), width);
    List<Integer> widths = columns.stream().map(column -> width(column, run.cells())).toList();
    StringBuilder out = new StringBuilder();
    groups.forEach(
        (subject, cells) -> {
          out.append(out.isEmpty() ? "" : "\n").append(subject.title()).append('\n');
          line(out, columns, widths, Column::head);
          cells.stream()
              .sorted(ORDER)
              .forEach(cell -> line(out, columns, widths, column -> column.text.apply(cell)));
        });
    if (isOpenLoop(run.cells())) {
      out.append('\n').append(wrapped(Wording.RESPONSE_TIME + OTHERS_ARE_SERVICE, width));
    } else {
      out.append("\nService time in a closed loop.\n");
    }
    if (run.cells().stream().anyMatch(cell -> cell.isThinBeyond(99.9))) {
      out.append("* fewer than ten operations were slower\n");
    }
    EmulatedDisks.warning(run).ifPresent(warning -> out.append(wrapped(warning, width)));
    VerdictWording verdicts = VerdictWording.of(run);
    verdicts.alarm().ifPresent(alarm -> out.append(wrapped(alarm, width)));
    out.append(wrapped(verdicts.summary(), width));
    return out.toString();
  }

  /** The columns that fit, after the least important ones have gone. */
  private static List<Column> fitting(List<Cell> cells, int width) {
    List<Column> columns = new ArrayList<>(COLUMNS);
    if (isOpenLoop(cells)) {
      columns.addAll(columns.size() - 1, OPEN_LOOP);
    }
    while (total(columns, cells) > width) {
      Column least = columns.stream().max(Comparator.comparingInt(Column::rank)).orElseThrow();
      if (least.rank == 0) {
        break;
      }
      columns.remove(least);
    }
    return columns;
  }

  private static boolean isOpenLoop(List<Cell> cells) {
    return cells.stream().anyMatch(cell -> cell.openLoop() != null);
  }

  private static int total(List<Column> columns, List<Cell> cells) {
    return columns.stream().mapToInt(column -> width(column, cells)).sum()
        + GAP.length() * (columns.size() - 1);
  }

  private static int width(Column column, List<Cell> cells) {
    return cells.stream()
        .mapToInt(cell -> column.text.apply(cell).length())
        .reduce(column.head.length(), Math::max);
  }

  private static void line(
      StringBuilder out,
      List<Column> columns,
      List<Integer> widths,
      Function<Column, String> text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < columns.size(); i++) {
      String value = text.apply(columns.get(i));
      String padding = " ".repeat(widths.get(i) - value.length());
      line.append(i == 0 ? "" : GAP)
          .append(columns.get(i).isNumber ? padding + value : value + padding);
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  /** A sentence broken at spaces. */
  static String wrapped(String text, int width) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (String word : text.split(" ", -1)) {
      boolean fits = column == 0 || column + 1 + word.length() <= width;
      out.append(column == 0 ? "" : fits ? " " : "\n").append(word);
      column = column == 0 || !fits ? word.length() : column + 1 + word.length();
    }
    return out.append('\n').toString();
  }

  private static String strategy(Cell cell) {
    return cell.promise().ranked() ? cell.key().strategy() : cell.key().strategy() + " (ceiling)";
  }
}
