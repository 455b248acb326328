package dev.diolab.benchmarks.verify.faults;

import dev.diolab.benchmarks.verify.sweep.Target;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.util.Arrays;
import java.util.List;

/** Trials as they run inside of a loader of a mutant. They take and return types of the JDK. */
public final class FaultAttack {
  private FaultAttack() {}

  /** What is broken at the points of {@code phase}. */
  public static List<String> broken(String phase, String strategy, String policy) {
    Target target = new Target(Strategies.byName(strategy), Policies.byName(policy));
    List<FaultPoint> points =
        Arrays.stream(FaultPoint.values()).filter(each -> each.phase().equals(phase)).toList();
    return FaultRun.run(List.of(target), points, 1).stream()
        .filter(each -> !each.outcome().broken().isEmpty())
        .map(FaultResult::toString)
        .toList();
  }
}
