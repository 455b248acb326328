package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.RunFile;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What each strategy costs more than no lock at all, by LOCK-COST, in nanoseconds. */
final class LockCost {
  private static final double NANOS = 1e9;

  private LockCost() {}

  /** One line; empty when LOCK-COST or the ceiling was not measured. */
  static Optional<String> line(RunFile run) {
    List<Cell> cells =
        run.cells().stream()
            .filter(cell -> cell.key().workload().equals(Workload.LOCK_COST.label()))
            .toList();
    return cells.stream()
        .filter(cell -> !cell.promise().ranked())
        .findFirst()
        .map(
            ceiling ->
                String.format(
                    Locale.ROOT,
                    "LOCK-COST over the %.0f ns of %s: %s",
                    nanosPerOp(ceiling),
                    ceiling.key().strategy(),
                    cells.stream()
                        .filter(cell -> cell.promise().ranked())
                        .map(cell -> extra(cell, ceiling))
                        .collect(Collectors.joining(", "))));
  }

  private static String extra(Cell cell, Cell ceiling) {
    return String.format(
        Locale.ROOT, "%s %+.0f ns", cell.key().strategy(), nanosPerOp(cell) - nanosPerOp(ceiling));
  }

  private static double nanosPerOp(Cell cell) {
    return NANOS / cell.throughput().opsPerSecond();
  }
}
