package dev.diolab.results.run;

import java.util.List;

/**
 * What strategy and policy promise, and whether they keep it.
 *
 * @param guarantees names of the guarantees that are declared to hold, e.g. {@code G1}
 * @param ranked false for a ceiling, which is wrong by design and therefore never ranked
 * @param verdict what the verifier found; {@link #UNCHECKED} until it has looked
 */
public record Promise(List<String> guarantees, boolean ranked, String verdict) {
  /** The verdict on a result that no verifier has looked at. */
  public static final String UNCHECKED = "unchecked";

  /** Copies the list. */
  public Promise {
    guarantees = Require.list("guarantees", guarantees);
  }
}
