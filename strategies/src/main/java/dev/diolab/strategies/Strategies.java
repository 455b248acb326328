package dev.diolab.strategies;

import dev.diolab.engine.locking.DioStrategy;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The built-in locking strategies. A new one is one class and one line here. */
public final class Strategies {
  private static final List<DioStrategy> ALL =
      List.of(
          new IMutexStrategy(),
          new PlaceholderStrategy(),
          new OverwriteNolockStrategy(),
          new IomapEndioStrategy(),
          new NoLockStrategy());

  private static final List<DioStrategy> VARIANTS = variantsOf(ALL);

  private Strategies() {}

  /** All strategies that are compared, in order of their history, the ceiling last. */
  public static List<DioStrategy> all() {
    return ALL;
  }

  /**
   * Strategies with a rule switched, for measuring what the rule is worth, or slowed down on
   * purpose, for measuring the bench: to be asked for by name, in no default set.
   */
  public static List<DioStrategy> variants() {
    return VARIANTS;
  }

  private static List<DioStrategy> variantsOf(List<DioStrategy> strategies) {
    List<DioStrategy> variants = new ArrayList<>();
    variants.add(
        placeholderWithout(
            "no-create", "holes are filled through the page cache", PlaceholderRule.CREATE));
    variants.add(
        placeholderWithout(
            "no-drop", "i_mutex held for the whole write", PlaceholderRule.DROP_I_MUTEX));
    variants.add(
        placeholderWithout(
            "no-placeholders",
            "i_mutex held for the whole write, reads and truncate unprotected",
            PlaceholderRule.PLACEHOLDERS,
            PlaceholderRule.DROP_I_MUTEX));
    strategies.forEach(strategy -> variants.add(new SplittingStrategy(strategy)));
    strategies.forEach(strategy -> variants.add(new SlowedStrategy(strategy)));
    return List.copyOf(variants);
  }

  private static DioStrategy placeholderWithout(
      String suffix, String summary, PlaceholderRule... left) {
    Set<PlaceholderRule> rules = EnumSet.allOf(PlaceholderRule.class);
    rules.removeAll(Set.of(left));
    return new PlaceholderStrategy(
        "placeholder-" + suffix, "Chris Mason, 2007, flags of patch 4", summary, rules);
  }

  /**
   * The strategy or variant called {@code name}.
   *
   * @throws IllegalArgumentException naming the known strategies when there is none
   */
  public static DioStrategy byName(String name) {
    return Stream.concat(ALL.stream(), VARIANTS.stream())
        .filter(strategy -> strategy.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException("unknown strategy '" + name + "'; known: " + names()));
  }

  private static String names() {
    return ALL.stream().map(DioStrategy::name).collect(Collectors.joining(", "));
  }
}
