package dev.diolab.benchmarks.verify.sweep;

import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;

/**
 * What is attacked: a strategy with a conversion policy.
 *
 * @param strategy the locking
 * @param policy when extents are converted
 */
public record Target(DioStrategy strategy, ConversionPolicy policy) {

  /** Whether both declare {@code claim}: only what both keep is kept. */
  public boolean declares(Claim claim) {
    return claim.isIn(strategy.guarantees()) && claim.isIn(policy.guarantees());
  }

  @Override
  public String toString() {
    return strategy.name() + ", " + policy.name();
  }
}
