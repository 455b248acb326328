package dev.diolab.benchmarks.verify.races;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.strategies.Strategies;
import dev.diolab.strategies.old.OldVariant;
import dev.diolab.strategies.old.OldVariants;

/** The strategies that races name as losers: old variants, and present ones that promise less. */
final class OldStrategies {
  private OldStrategies() {}

  /**
   * The old variant called {@code name}, or else the present strategy.
   *
   * @throws IllegalArgumentException when there is neither
   */
  static DioStrategy byName(String name) {
    return OldVariants.all().stream()
        .filter(variant -> variant.name().equals(name))
        .findFirst()
        .map(OldVariant::strategy)
        .orElseGet(() -> Strategies.byName(name));
  }
}
