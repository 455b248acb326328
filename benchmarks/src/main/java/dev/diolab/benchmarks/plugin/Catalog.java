package dev.diolab.benchmarks.plugin;

import dev.diolab.benchmarks.Failure;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.strategies.Pairs;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * All strategies and conversion policies that can be named: the built-in ones, then those of
 * plug-ins. No two strategies and no two policies have the same name.
 *
 * <p>Thread safety: immutable.
 *
 * @param strategies the strategies
 * @param policies the policies
 * @param jars the plug-ins that some of them come from
 */
public record Catalog(
    List<DioStrategy> strategies, List<ConversionPolicy> policies, List<Path> jars) {

  private static final Catalog BUILT_IN = new Catalog(Strategies.all(), Policies.all(), List.of());

  /** Copies the lists. */
  public Catalog {
    strategies = List.copyOf(strategies);
    policies = List.copyOf(policies);
    jars = List.copyOf(jars);
  }

  /** What comes with diolab. */
  public static Catalog builtIn() {
    return BUILT_IN;
  }

  /**
   * The strategy called {@code name}, which may be a variant of a built-in one.
   *
   * @throws Failure naming the known strategies when there is none
   */
  public DioStrategy strategy(String name) {
    return Strategies.variants().stream()
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .orElseGet(() -> named("strategy", name, strategies, DioStrategy::name));
  }

  /**
   * The policy called {@code name}.
   *
   * @throws Failure naming the known policies when there is none
   */
  public ConversionPolicy policy(String name) {
    return named("policy", name, policies, ConversionPolicy::name);
  }

  /**
   * Refuses pairs of a strategy and a policy that were both named and cannot be run together.
   *
   * @throws Failure naming the policies that the strategy takes
   */
  public void requireTaken(List<DioStrategy> named, List<ConversionPolicy> namedPolicies) {
    try {
      Pairs.requireTaken(named, namedPolicies, policies);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(Failure.messageOf(e));
    }
  }

  private static <T> T named(String kind, String name, List<T> all, Function<T, String> nameOf) {
    return all.stream()
        .filter(known -> nameOf.apply(known).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.usage(
                    "unknown %s '%s'; known: %s"
                        .formatted(
                            kind,
                            name,
                            all.stream().map(nameOf).collect(Collectors.joining(", ")))));
  }
}
