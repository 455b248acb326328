package dev.diolab.benchmarks.verify.sweep;

import dev.diolab.benchmarks.Failure;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How much is tried. */
public enum VerifyProfile {
  /** Some states of everything, for CI: below a minute on 2 cores. */
  SMOKE(60_000, 2_000),
  /** A first answer: below 5 minutes on 2 cores. */
  QUICK(300_000, 10_000),
  /** As many as {@code --states} says. */
  FULL(1_000_000, 10_000);

  private final long states;
  private final int corruptions;

  VerifyProfile(long states, int corruptions) {
    this.states = states;
    this.corruptions = corruptions;
  }

  /** Crash states over all strategies and policies. */
  public long states() {
    return states;
  }

  /** Images with damaged metadata. */
  public int corruptions() {
    return corruptions;
  }

  /** Its name on the command line. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The profile called {@code label}. */
  public static VerifyProfile byLabel(String label) {
    return Arrays.stream(values())
        .filter(profile -> profile.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    "unknown profile '"
                        + label
                        + "'; known: "
                        + Arrays.stream(values())
                            .map(VerifyProfile::label)
                            .collect(Collectors.joining(", "))));
  }
}
