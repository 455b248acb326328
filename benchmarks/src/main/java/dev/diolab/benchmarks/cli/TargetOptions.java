package dev.diolab.benchmarks.cli;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.plugin.Catalog;
import dev.diolab.benchmarks.plugin.Plugins;
import dev.diolab.benchmarks.verify.sweep.Target;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;

/** Which strategies and policies a verifier attacks. */
final class TargetOptions {
  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      split = ",",
      description = "Only these strategies. Default: all.")
  private List<String> strategies = List.of();

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      split = ",",
      description = "Only these conversion policies. Default: all.")
  private List<String> policies = List.of();

  @Option(
      names = "--plugin",
      paramLabel = "JAR",
      description = "A jar with more strategies or policies; repeatable.")
  private List<Path> plugins = List.of();

  /** The jars, as they were named. */
  List<Path> plugins() {
    return plugins;
  }

  /**
   * What there is to choose from.
   *
   * @throws dev.diolab.benchmarks.Failure when a jar cannot be used
   */
  Catalog catalog() {
    return Plugins.load(plugins);
  }

  /** Each chosen strategy once. */
  List<DioStrategy> strategies(Catalog catalog) {
    return strategies(catalog, Catalog::strategy);
  }

  /** Each chosen strategy once, found by {@code byName}. */
  List<DioStrategy> strategies(Catalog catalog, BiFunction<Catalog, String, DioStrategy> byName) {
    return strategies.isEmpty()
        ? catalog.strategies()
        : strategies.stream().distinct().map(name -> byName.apply(catalog, name)).toList();
  }

  /** Each chosen policy once. */
  List<ConversionPolicy> policies(Catalog catalog) {
    return policies.isEmpty()
        ? catalog.policies()
        : policies.stream().distinct().map(catalog::policy).toList();
  }

  /**
   * Each chosen strategy with each chosen policy that it takes.
   *
   * @throws dev.diolab.benchmarks.Failure when a named strategy does not take a named policy, or no
   *     pair is left
   */
  List<Target> targets(Catalog catalog) {
    requireTaken(catalog, strategies(catalog), policies(catalog));
    List<Target> targets = Target.cross(strategies(catalog), policies(catalog));
    if (targets.isEmpty()) {
      throw Failure.usage("no strategy takes policy " + String.join(", ", policies));
    }
    return targets;
  }

  /**
   * Refuses a pair that the user named and that does not go together.
   *
   * @throws dev.diolab.benchmarks.Failure when a named strategy does not take a named policy
   */
  void requireTaken(Catalog catalog, List<DioStrategy> chosen, List<ConversionPolicy> with) {
    if (!strategies.isEmpty() && !policies.isEmpty()) {
      catalog.requireTaken(chosen, with);
    }
  }
}
