package dev.diolab.benchmarks.verify.races;

import dev.diolab.benchmarks.verify.races.schedule.Line;
import java.util.List;

/**
 * How one race ended under one strategy and policy.
 *
 * @param problems what went wrong; empty when nothing did
 * @param isStuck whether threads of the race wait for ever
 * @param interleaving what happened
 */
public record Verdict(List<String> problems, boolean isStuck, List<Line> interleaving) {
  /** Copies the lists. */
  public Verdict {
    problems = List.copyOf(problems);
    interleaving = List.copyOf(interleaving);
  }

  /** Whether the race was lost. */
  public boolean fails() {
    return !problems.isEmpty();
  }
}
