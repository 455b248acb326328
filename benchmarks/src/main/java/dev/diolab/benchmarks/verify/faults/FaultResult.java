package dev.diolab.benchmarks.verify.faults;

import dev.diolab.benchmarks.verify.sweep.Target;

/**
 * A trial and how it ended.
 *
 * @param target strategy and policy
 * @param point what went wrong
 * @param mode how the request was made
 * @param outcome what came of it
 */
public record FaultResult(Target target, FaultPoint point, Mode mode, Outcome outcome) {

  @Override
  public String toString() {
    return "%s, %s, %s: %s: %s"
        .formatted(
            target,
            mode.label(),
            point.phase(),
            point.label(),
            String.join("; ", outcome.broken()));
  }
}
