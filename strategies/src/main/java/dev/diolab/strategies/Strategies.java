package dev.diolab.strategies;

import dev.diolab.engine.locking.DioStrategy;
import java.util.List;
import java.util.stream.Collectors;

/** The built-in locking strategies. A new one is one class and one line here. */
public final class Strategies {
  private static final List<DioStrategy> ALL =
      List.of(
          new IMutexStrategy(),
          new PlaceholderStrategy(),
          new OverwriteNolockStrategy(),
          new IomapEndioStrategy(),
          new NoLockStrategy());

  private Strategies() {}

  /** All strategies, in order of their history, the ceiling last. */
  public static List<DioStrategy> all() {
    return ALL;
  }

  /**
   * The strategy called {@code name}.
   *
   * @throws IllegalArgumentException naming the known strategies when there is none
   */
  public static DioStrategy byName(String name) {
    return ALL.stream()
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
