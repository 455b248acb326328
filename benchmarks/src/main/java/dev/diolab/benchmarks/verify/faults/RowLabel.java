package dev.diolab.benchmarks.verify.faults;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Names a set of strategies, policies and modes in few words: strategies only where not all that
 * take the policy are meant, modes only where not all are.
 */
final class RowLabel {
  private final List<FaultResult> all;

  /** Names subsets of {@code all}. */
  RowLabel(List<FaultResult> all) {
    this.all = all;
  }

  /** Names {@code some} of them. */
  String of(List<FaultResult> some) {
    Set<Mode> modes = some.stream().map(FaultResult::mode).collect(Collectors.toSet());
    Set<String> strategies = strategies(some);
    boolean isEveryPolicy =
        all.stream()
            .filter(each -> modes.contains(each.mode()))
            .filter(each -> strategies.contains(each.target().strategy().name()))
            .allMatch(some::contains);
    if (isEveryPolicy && policies(some).size() > 1) {
      String with = strategies.equals(strategies(all)) ? "" : " with " + join(strategies);
      return modes(modes) + "every policy" + with;
    }
    return byPolicy(some);
  }

  private String byPolicy(List<FaultResult> some) {
    Map<Set<Mode>, List<String>> policies = new LinkedHashMap<>();
    modesOfPolicies(some)
        .forEach(
            (policy, modes) ->
                policies.computeIfAbsent(modes, key -> new ArrayList<>()).add(policy));
    return policies.entrySet().stream()
        .map(entry -> modes(entry.getKey()) + names(entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  private Map<String, Set<Mode>> modesOfPolicies(List<FaultResult> some) {
    Map<String, Set<Mode>> modes = new LinkedHashMap<>();
    for (String policy : policies(some)) {
      for (Mode mode : Mode.values()) {
        Set<String> strategies = strategies(some, policy, mode);
        if (!strategies.isEmpty()) {
          String name = policy + with(strategies, strategies(all, policy, mode));
          modes.computeIfAbsent(name, key -> EnumSet.noneOf(Mode.class)).add(mode);
        }
      }
    }
    return modes;
  }

  private static String with(Set<String> strategies, Set<String> everyStrategy) {
    return strategies.equals(everyStrategy) ? "" : " with " + join(strategies);
  }

  private static String join(Set<String> names) {
    return String.join(", ", names);
  }

  private static Set<String> strategies(List<FaultResult> some) {
    return some.stream()
        .map(each -> each.target().strategy().name())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> policies(List<FaultResult> some) {
    return some.stream()
        .map(each -> each.target().policy().name())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> strategies(List<FaultResult> some, String policy, Mode mode) {
    return some.stream()
        .filter(each -> each.mode() == mode && each.target().policy().name().equals(policy))
        .map(each -> each.target().strategy().name())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private String names(List<String> names) {
    return Set.copyOf(names).equals(policies(all)) && names.size() > 1
        ? "every policy"
        : String.join(", ", names);
  }

  private String modes(Set<Mode> modes) {
    Set<Mode> every = all.stream().map(FaultResult::mode).collect(Collectors.toSet());
    if (modes.equals(every)) {
      return "";
    }
    if (modes.equals(among(every, true))) {
      return "DSYNC: ";
    }
    if (modes.equals(among(every, false))) {
      return "not DSYNC: ";
    }
    return modes.stream().map(Mode::label).collect(Collectors.joining(", ")) + ": ";
  }

  private static Set<Mode> among(Set<Mode> modes, boolean dsync) {
    return modes.stream().filter(mode -> mode.isDsync() == dsync).collect(Collectors.toSet());
  }
}
