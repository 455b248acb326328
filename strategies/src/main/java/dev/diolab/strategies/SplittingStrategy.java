package dev.diolab.strategies;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import dev.diolab.engine.locking.Rules;
import java.util.Set;

/**
 * {@code ...-split}: a strategy with the boundary rule from before Mason's patch 8 (seeds/003):
 * each run of blocks is a transfer of its own, also where the next one follows on the device.
 */
final class SplittingStrategy implements DioStrategy {
  private final DioStrategy below;

  SplittingStrategy(DioStrategy below) {
    this.below = below;
  }

  @Override
  public String name() {
    return below.name() + "-split";
  }

  @Override
  public String origin() {
    return below.origin() + ", boundaries as before Mason's patch 8 of 2007";
  }

  @Override
  public String summary() {
    return below.name()
        + " with a transfer for each extent, also where the next one follows on disk";
  }

  @Override
  public Rules rules() {
    return below.rules().splittingAtBoundaries();
  }

  @Override
  public Set<Guarantee> guarantees() {
    return below.guarantees();
  }

  @Override
  public boolean isCeiling() {
    return below.isCeiling();
  }

  @Override
  public String defaultPolicy() {
    return below.defaultPolicy();
  }

  @Override
  public InodeLocking attach(InodeView inode) {
    return below.attach(inode);
  }
}
