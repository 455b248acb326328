package dev.diolab.strategies;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.util.List;
import java.util.stream.Collectors;

/** Which strategy takes which policy: the others of all pairs are left out everywhere. */
public final class Pairs {
  private Pairs() {}

  /** Those of {@code policies} that {@code strategy} takes, in their order. */
  public static List<ConversionPolicy> of(DioStrategy strategy, List<ConversionPolicy> policies) {
    return policies.stream().filter(strategy::takes).toList();
  }

  /**
   * For pairs that were asked for by name.
   *
   * @param known all policies, to name those that could be asked for
   * @throws IllegalArgumentException when a strategy does not take one of the policies
   */
  public static void requireTaken(
      List<DioStrategy> strategies, List<ConversionPolicy> policies, List<ConversionPolicy> known) {
    for (DioStrategy strategy : strategies) {
      for (ConversionPolicy policy : policies) {
        if (!strategy.takes(policy)) {
          throw new IllegalArgumentException(
              "strategy %s does not take policy %s; it takes: %s"
                  .formatted(
                      strategy.name(),
                      policy.name(),
                      of(strategy, known).stream()
                          .map(ConversionPolicy::name)
                          .collect(Collectors.joining(", "))));
        }
      }
    }
  }
}
