package dev.diolab.results.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/**
 * The load that was offered to a cell of an open loop.
 *
 * @param arrivals {@code constant} or {@code poisson}
 * @param opsPerSecond operations that arrived a second, for all threads together, above 0
 * @param percentOfCapacity in a sweep, how much that is of what the cell's strategy did in a closed
 *     loop; absent where the rate was given
 */
public record Offered(String arrivals, double opsPerSecond, @Nullable Integer percentOfCapacity) {

  /** Refuses a rate at which nothing arrives. */
  public Offered {
    Require.quantity("offered.opsPerSecond", opsPerSecond);
    Require.that(opsPerSecond > 0, "offered.opsPerSecond is 0, but must be above");
    if (percentOfCapacity != null) {
      Require.count("offered.percentOfCapacity", percentOfCapacity);
    }
  }

  /** Whether the rate is another one for each strategy, so that cells are not comparable. */
  @JsonIgnore
  public boolean isOfSweep() {
    return percentOfCapacity != null;
  }
}
