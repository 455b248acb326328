package dev.diolab.strategies.old;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.Guarantee;
import java.util.Set;

/**
 * A scheme with one mistake of history. Its strategy declares what its authors believed.
 *
 * @param strategy the scheme; its name and origin are the variant's
 * @param breaks what goes wrong, in one line
 * @param broken the guarantees that do not hold, though the strategy declares them
 */
public record OldVariant(DioStrategy strategy, String breaks, Set<Guarantee> broken) {

  /** Copies the set. */
  public OldVariant {
    broken = Set.copyOf(broken);
  }

  /** Name of the strategy. */
  public String name() {
    return strategy.name();
  }

  /** The commit or thread that tells of the mistake. */
  public String origin() {
    return strategy.origin();
  }
}
