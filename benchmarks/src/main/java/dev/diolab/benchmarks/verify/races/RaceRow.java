package dev.diolab.benchmarks.verify.races;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One race under all strategies.
 *
 * @param race the race
 * @param cells one for each strategy, in their order
 * @param old how the old variant did; null when only the tests can try it
 */
public record RaceRow(Race race, List<Cell> cells, @Nullable Cell old) {
  /** Copies the list. */
  public RaceRow {
    cells = List.copyOf(cells);
  }

  /** Whether every declared guarantee held and the old variant, if tried, lost. */
  public boolean isAsExpected() {
    boolean declaredHolds =
        cells.stream().noneMatch(cell -> cell.kind() == Cell.Kind.FAILS_DECLARED);
    return declaredHolds && (old == null || !old.losses().isEmpty());
  }
}
