package dev.diolab.benchmarks.run;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.plan.CellPlan;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;

/** Finds what went wrong in a fork among the exceptions that JMH wraps around it. */
final class ForkFailure {
  private ForkFailure() {}

  /** One sentence that names the cell and the innermost reason. */
  static String sentence(CellPlan cell, RunnerException failure) {
    Throwable reason = innermost(failure);
    return cell.title() + " failed: " + Failure.messageOf(reason) + " (jmh.log has the details)";
  }

  /** The last of the causes and suppressed exceptions, in breadth. */
  private static Throwable innermost(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> open = new ArrayDeque<>();
    open.add(failure);
    Throwable last = failure;
    while (!open.isEmpty()) {
      Throwable next = open.remove();
      if (!seen.add(next)) {
        continue;
      }
      last = next;
      if (next.getCause() != null) {
        open.add(next.getCause());
      }
      for (Throwable suppressed : next.getSuppressed()) {
        open.add(suppressed);
      }
    }
    return last;
  }
}
