package dev.diolab.results.run;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where the verdicts of a run come from.
 *
 * @param code digest of the code that measured, as 64 hexadecimal digits
 * @param verification the verification of that code that the verdicts are of; absent where there
 *     was none
 * @param otherCode when the newest verification of other code began, which does not count; only
 *     where there is none of this code
 */
public record VerdictSource(
    String code, @Nullable Verified verification, @Nullable Instant otherCode) {

  /**
   * A verification in short.
   *
   * @param profile its profile
   * @param started when it began
   * @param states how many crash states it tried
   * @param seed its seed
   * @param clean whether no declared guarantee of any strategy fell, and no damage got by
   */
  public record Verified(String profile, Instant started, long states, long seed, boolean clean) {
    /** Refuses a negative number of states. */
    public Verified {
      Require.count("states", states);
    }
  }
}
