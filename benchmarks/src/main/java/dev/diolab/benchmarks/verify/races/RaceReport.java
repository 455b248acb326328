package dev.diolab.benchmarks.verify.races;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.strategies.Pairs;
import dev.diolab.strategies.Policies;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs races under strategies and policies, and sums up. */
public final class RaceReport {
  private final List<DioStrategy> strategies;
  private final List<ConversionPolicy> policies;

  /** For all pairs of these that can be run. */
  public RaceReport(List<DioStrategy> strategies, List<ConversionPolicy> policies) {
    this.strategies = List.copyOf(strategies);
    this.policies = List.copyOf(policies);
  }

  /** Runs one race everywhere. */
  public RaceRow row(Race race) {
    List<Cell> cells = strategies.stream().map(strategy -> cell(race, strategy, policies)).toList();
    return new RaceRow(race, cells, old(race));
  }

  private @Nullable Cell old(Race race) {
    return switch (race.old()) {
      case OldWay.OldStrategy way -> cell(race, strategyOf(way), policies);
      case OldWay.OldPolicy way ->
          cell(race, OldStrategies.byName(way.strategy()), List.of(Policies.byName(way.name())));
      case OldWay.EngineMutant mutant -> null;
    };
  }

  /** The strategy that lost {@code race}. */
  public static DioStrategy strategyOf(OldWay.OldStrategy way) {
    return OldStrategies.byName(way.name());
  }

  private static Cell cell(Race race, DioStrategy strategy, List<ConversionPolicy> with) {
    Cell.Kind worst = Cell.Kind.SAFE;
    List<String> losses = new ArrayList<>();
    for (ConversionPolicy policy : Pairs.of(strategy, with)) {
      Verdict verdict = RaceRun.play(race, strategy, policy);
      Cell.Kind kind = kindOf(race, strategy, policy, verdict);
      worst = kind.compareTo(worst) > 0 ? kind : worst;
      for (String problem : verdict.problems()) {
        losses.add(strategy.name() + ", " + policy.name() + ": " + problem);
      }
    }
    return new Cell(worst, losses);
  }

  private static Cell.Kind kindOf(
      Race race, DioStrategy strategy, ConversionPolicy policy, Verdict verdict) {
    if (verdict.fails()) {
      return RaceRun.isDeclared(race, strategy, policy)
          ? Cell.Kind.FAILS_DECLARED
          : Cell.Kind.FAILS;
    }
    return Cell.Kind.SAFE;
  }
}
