package dev.diolab.benchmarks.verify.races;

import dev.diolab.strategies.Policies;
import java.util.List;

/** A race as it runs inside of a loader of a mutant. It takes and returns only types of the JDK. */
public final class RaceAttack {
  private RaceAttack() {}

  /** The problems of the race with {@code id}. */
  public static List<String> play(String id, String strategy, String policy) {
    return RaceRun.play(
            RaceCatalogue.byId(id), OldStrategies.byName(strategy), Policies.byName(policy))
        .problems();
  }
}
