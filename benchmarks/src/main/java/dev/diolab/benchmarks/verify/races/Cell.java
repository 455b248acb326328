package dev.diolab.benchmarks.verify.races;

import java.util.List;

/**
 * How a race ended under one strategy, with all policies tried.
 *
 * @param kind the worst that happened
 * @param losses what went wrong under which policy, one line each
 */
public record Cell(Kind kind, List<String> losses) {
  /** Copies the list. */
  public Cell {
    losses = List.copyOf(losses);
  }

  /** From good to bad. */
  public enum Kind {
    /** Nothing went wrong. */
    SAFE("safe"),
    /** Lost, and nobody promised otherwise. */
    FAILS("fails"),
    /** Lost, although the guarantee is declared. */
    FAILS_DECLARED("FAILS");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** As the table shows it. */
    String label() {
      return label;
    }
  }
}
