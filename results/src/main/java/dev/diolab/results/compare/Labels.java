package dev.diolab.results.compare;

import dev.diolab.results.run.CellKey;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Short names among some cells: the strategy alone, or strategy and policy where a strategy
 * competes with several policies.
 */
public final class Labels {
  private final Map<String, Set<String>> policies = new HashMap<>();

  private Labels(Collection<CellKey> keys) {
    for (CellKey key : keys) {
      policies.computeIfAbsent(key.strategy(), any -> new HashSet<>()).add(key.policy());
    }
  }

  /** Names for these cells. */
  public static Labels of(Collection<CellKey> keys) {
    return new Labels(keys);
  }

  /** At least one name, as they stand in a sentence. */
  static String listed(List<String> names) {
    int last = names.size() - 1;
    return last == 0
        ? names.getFirst()
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /** The name of one of the cells. */
  public String of(CellKey key) {
    boolean alone = policies.getOrDefault(key.strategy(), Set.of()).size() <= 1;
    return alone ? key.strategy() : key.strategy() + " + " + key.policy();
  }
}
