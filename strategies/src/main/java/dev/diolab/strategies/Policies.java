package dev.diolab.strategies;

import dev.diolab.engine.locking.ConversionPolicy;
import java.util.List;
import java.util.stream.Collectors;

/** The built-in conversion policies. A new one is one class and one line here. */
public final class Policies {
  private static final List<ConversionPolicy> ALL =
      List.of(
          new EndIoPolicy(),
          new SyncCommitPolicy(),
          new BufferedFallbackPolicy(),
          new WorkqueuePolicy(),
          new GroupPolicy(),
          new ZeroAheadPolicy(16),
          new ZeroAheadPolicy(32),
          new LazyZeroPolicy(),
          new InPlacePolicy());

  private Policies() {}

  /** All policies. */
  public static List<ConversionPolicy> all() {
    return ALL;
  }

  /**
   * The policy called {@code name}.
   *
   * @throws IllegalArgumentException naming the known policies when there is none
   */
  public static ConversionPolicy byName(String name) {
    return ALL.stream()
        .filter(policy -> policy.name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("unknown policy '" + name + "'; known: " + names()));
  }

  private static String names() {
    return ALL.stream().map(ConversionPolicy::name).collect(Collectors.joining(", "));
  }
}
