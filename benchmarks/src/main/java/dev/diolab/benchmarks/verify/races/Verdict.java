package dev.diolab.benchmarks.verify.races;

import dev.diolab.benchmarks.verify.races.schedule.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one race ended under one strategy and policy.
 *
 * @param problems what went wrong; empty when nothing did
 * @param notApplicable why the race cannot be run here, null if it was
 * @param isStuck whether threads of the race wait for ever
 * @param interleaving what happened
 */
public record Verdict(
    List<String> problems,
    @Nullable String notApplicable,
    boolean isStuck,
    List<Line> interleaving) {
  /** Copies the lists. */
  public Verdict {
    problems = List.copyOf(problems);
    interleaving = List.copyOf(interleaving);
  }

  /** Whether nothing went wrong in a race that was run. */
  public boolean isSafe() {
    return problems.isEmpty() && notApplicable == null;
  }

  /** Whether the race was lost. */
  public boolean fails() {
    return !problems.isEmpty();
  }
}
