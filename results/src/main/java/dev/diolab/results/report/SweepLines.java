package dev.diolab.results.report;

import dev.diolab.results.compare.Knee;
import dev.diolab.results.compare.LoadSweep;

/** Where the knees of a sweep are, as plain text for a terminal. */
public final class SweepLines {
  private SweepLines() {}

  /**
   * Renders one sweep.
   *
   * @param width columns of the terminal
   * @return a line for the sweep and a sentence for each strategy, ending in line feeds
   */
  public static String render(LoadSweep sweep, int width) {
    StringBuilder out = new StringBuilder();
    out.append("\nSweep, ").append(sweep.title()).append('\n');
    sweep
        .curves()
        .forEach(curve -> out.append(TerminalTable.wrapped(Knee.of(curve).sentence(), width)));
    return out.toString();
  }
}
