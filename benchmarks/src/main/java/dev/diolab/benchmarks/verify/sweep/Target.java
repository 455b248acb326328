package dev.diolab.benchmarks.verify.sweep;

import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.strategies.Pairs;
import java.util.List;

/**
 * What is attacked: a strategy with a conversion policy.
 *
 * @param strategy the locking
 * @param policy when extents are converted
 */
public record Target(DioStrategy strategy, ConversionPolicy policy) {

  /** Each strategy with those of the policies that it takes. */
  public static List<Target> cross(List<DioStrategy> strategies, List<ConversionPolicy> policies) {
    return strategies.stream()
        .flatMap(
            strategy ->
                Pairs.of(strategy, policies).stream().map(policy -> new Target(strategy, policy)))
        .toList();
  }

  /** Whether both declare {@code claim}: only what both keep is kept. */
  public boolean declares(Claim claim) {
    return claim.isIn(strategy.guarantees()) && claim.isIn(policy.guarantees());
  }

  @Override
  public String toString() {
    return strategy.name() + ", " + policy.name();
  }
}
