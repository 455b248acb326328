package dev.diolab.benchmarks.plan;

import dev.diolab.benchmarks.Failure;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.strategies.Pairs;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.util.List;

/**
 * A strategy with the conversion policy that it runs with.
 *
 * @param strategy name of the strategy
 * @param policy name of the policy
 */
public record Contender(String strategy, String policy) {

  /**
   * Crosses strategies with those policies that they take.
   *
   * @param strategies names; all strategies when empty
   * @param policies names; each strategy's own policy when empty
   * @throws Failure when a name is unknown
   */
  public static List<Contender> cross(List<String> strategies, List<String> policies) {
    List<DioStrategy> chosen =
        strategies.isEmpty()
            ? Strategies.all()
            : strategies.stream().distinct().map(Contender::strategyNamed).toList();
    List<ConversionPolicy> named =
        policies.stream().distinct().map(Contender::policyNamed).toList();
    return chosen.stream()
        .flatMap(
            strategy ->
                (named.isEmpty()
                        ? List.of(policyNamed(strategy.defaultPolicy()))
                        : Pairs.of(strategy, named))
                    .stream().map(policy -> new Contender(strategy.name(), policy.name())))
        .toList();
  }

  /**
   * Refuses pairs that were asked for by name and cannot be run together.
   *
   * @throws Failure naming the policies that the strategy takes, or when a name is unknown
   */
  static void requireTaken(List<String> strategies, List<String> policies) {
    try {
      Pairs.requireTaken(
          strategies.stream().map(Contender::strategyNamed).toList(),
          policies.stream().map(Contender::policyNamed).toList(),
          Policies.all());
    } catch (IllegalArgumentException e) {
      throw Failure.usage(Failure.messageOf(e));
    }
  }

  /** The ceiling with its own policy, for what no strategy plays a part in. */
  static Contender ceiling() {
    return Strategies.all().stream()
        .filter(DioStrategy::isCeiling)
        .map(strategy -> new Contender(strategy.name(), strategy.defaultPolicy()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no strategy is the ceiling"));
  }

  private static DioStrategy strategyNamed(String name) {
    try {
      return Strategies.byName(name);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(Failure.messageOf(e));
    }
  }

  private static ConversionPolicy policyNamed(String name) {
    try {
      return Policies.byName(name);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(Failure.messageOf(e));
    }
  }
}
