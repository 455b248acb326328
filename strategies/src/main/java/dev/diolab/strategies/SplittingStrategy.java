package dev.diolab.strategies;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.ForwardingStrategy;
import dev.diolab.engine.locking.Rules;

/**
 * {@code ...-split}: a strategy with the boundary rule from before Mason's patch 8 (seeds/003):
 * each run of blocks is a transfer of its own, also where the next one follows on the device.
 */
final class SplittingStrategy extends ForwardingStrategy {
  SplittingStrategy(DioStrategy below) {
    super(below);
  }

  @Override
  public String name() {
    return super.name() + "-split";
  }

  @Override
  public String origin() {
    return super.origin() + ", boundaries as before Mason's patch 8 of 2007";
  }

  @Override
  public String summary() {
    return super.name()
        + " with a transfer for each extent, also where the next one follows on disk";
  }

  @Override
  public Rules rules() {
    return super.rules().splittingAtBoundaries();
  }
}
