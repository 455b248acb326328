package dev.diolab.engine.locking;

import java.util.Set;

/**
 * A strategy that locks as another one does: the base of those that add something around it, most
 * of them around the locks of an inode.
 *
 * <p>Forwards every method, also those with a default: a wrapper that forgot one would be another
 * strategy than the one it stands for.
 */
public abstract class ForwardingStrategy implements DioStrategy {
  private final DioStrategy strategy;

  /** Stands for {@code strategy}. */
  protected ForwardingStrategy(DioStrategy strategy) {
    this.strategy = strategy;
  }

  @Override
  public String name() {
    return strategy.name();
  }

  @Override
  public String origin() {
    return strategy.origin();
  }

  @Override
  public String summary() {
    return strategy.summary();
  }

  @Override
  public Rules rules() {
    return strategy.rules();
  }

  @Override
  public Set<Guarantee> guarantees() {
    return strategy.guarantees();
  }

  @Override
  public boolean isCeiling() {
    return strategy.isCeiling();
  }

  @Override
  public String defaultPolicy() {
    return strategy.defaultPolicy();
  }

  @Override
  public boolean takes(ConversionPolicy policy) {
    return strategy.takes(policy);
  }

  @Override
  public InodeLocking attach(InodeView inode) {
    return strategy.attach(inode);
  }
}
