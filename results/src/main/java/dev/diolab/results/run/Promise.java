package dev.diolab.results.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What strategy and policy promise, and whether they keep it.
 *
 * @param guarantees names of the guarantees that are declared to hold, e.g. {@code G1}
 * @param ranked false for a ceiling, which is wrong by design and therefore never ranked
 * @param verdict what the verifier found, e.g. {@code held (120,000 states)}; begins with {@link
 *     #BROKEN} when a declared guarantee fell; {@link #UNCHECKED} where nothing was looked at
 */
public record Promise(List<String> guarantees, boolean ranked, String verdict) {
  /** The verdict on a result that no verifier has looked at. */
  public static final String UNCHECKED = "unchecked";

  /** What a verdict begins with when a declared guarantee fell. */
  public static final String BROKEN = "BROKEN";

  /** Copies the list. */
  public Promise {
    guarantees = Require.list("guarantees", guarantees);
  }

  /** Whether a declared guarantee fell. */
  @JsonIgnore
  public boolean isBroken() {
    return verdict.startsWith(BROKEN);
  }

  /** Whether nothing is known of the guarantees. */
  @JsonIgnore
  public boolean isUnchecked() {
    return verdict.equals(UNCHECKED);
  }
}
