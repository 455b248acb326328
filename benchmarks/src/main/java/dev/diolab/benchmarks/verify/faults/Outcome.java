package dev.diolab.benchmarks.verify.faults;

import java.util.List;

/**
 * How a trial ended.
 *
 * @param text what the request reported, what the fsync after it reported, and how the volume is
 *     left; "-" when the fault was not met
 * @param broken the rules that were broken, with what was seen; empty when none
 */
public record Outcome(String text, List<String> broken) {
  /** The text of a trial whose request never came where the fault was. */
  static final String NOT_MET = "-";

  /** Copies the list. */
  public Outcome {
    broken = List.copyOf(broken);
  }

  static Outcome broken(String problem) {
    return new Outcome("BROKEN", List.of(problem));
  }

  /** As a cell of a table. */
  public String cell() {
    return broken.isEmpty() ? text : "BROKEN";
  }
}
