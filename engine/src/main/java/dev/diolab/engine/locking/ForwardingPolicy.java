package dev.diolab.engine.locking;

import java.io.IOException;
import java.util.Set;

/**
 * A policy that does what another one does: the base of those that add something around it.
 *
 * <p>Forwards every method, also those with a default: a wrapper that forgot one would be another
 * policy than the one it stands for.
 */
public abstract class ForwardingPolicy implements ConversionPolicy {
  private final ConversionPolicy policy;

  /** Stands for {@code policy}. */
  protected ForwardingPolicy(ConversionPolicy policy) {
    this.policy = policy;
  }

  @Override
  public String name() {
    return policy.name();
  }

  @Override
  public String origin() {
    return policy.origin();
  }

  @Override
  public String summary() {
    return policy.summary();
  }

  @Override
  public Set<Guarantee> guarantees() {
    return policy.guarantees();
  }

  @Override
  public boolean allowsDirectConversion() {
    return policy.allowsDirectConversion();
  }

  @Override
  public boolean completesFirst() {
    return policy.completesFirst();
  }

  @Override
  public int zeroAheadBlocks() {
    return policy.zeroAheadBlocks();
  }

  @Override
  public int lazyZeroBlocks() {
    return policy.lazyZeroBlocks();
  }

  @Override
  public boolean commitsTogether() {
    return policy.commitsTogether();
  }

  @Override
  public void endIo(UnwrittenWrite write) throws IOException {
    policy.endIo(write);
  }
}
