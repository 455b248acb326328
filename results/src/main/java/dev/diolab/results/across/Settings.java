package dev.diolab.results.across;

import dev.diolab.results.run.VerdictSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** In what runs differ besides their figures: machine, disk, profile and parameters. */
final class Settings {
  private static final List<String> ENVIRONMENT =
      List.of(
          "device",
          "deviceModel",
          "fileSystem",
          "mountOptions",
          "scheduler",
          "writeCache",
          "kernel",
          "architecture",
          "cpuModel",
          "cpus",
          "governor",
          "memoryBytes",
          "jvm");

  /** Ends of the names of parameters that are results, or that the statistics take care of. */
  private static final Set<String> NO_SETTING =
      Set.of("rounds", "heapBytes", "latenciesOverOneMinute", "verifyBytes");

  private Settings() {}

  /** What differs, one sentence for each setting; nothing where the runs agree. */
  static List<String> differences(List<Side> sides) {
    List<String> differences = new ArrayList<>();
    for (String name : ENVIRONMENT) {
      add(differences, name, values(sides, side -> side.environment(name)));
    }
    add(differences, "profile", values(sides, side -> side.run().profile()));
    for (String name : commonParameters(sides)) {
      add(
          differences,
          name,
          values(sides, side -> String.valueOf(side.run().parameters().get(name))));
    }
    return differences;
  }

  private static Map<String, String> values(List<Side> sides, Function<Side, String> value) {
    Map<String, String> values = new LinkedHashMap<>();
    sides.forEach(side -> values.put(side.name(), value.apply(side)));
    return values;
  }

  private static Set<String> commonParameters(List<Side> sides) {
    Set<String> names = new TreeSet<>(sides.getFirst().run().parameters().keySet());
    sides.forEach(side -> names.retainAll(side.run().parameters().keySet()));
    names.removeIf(name -> NO_SETTING.contains(name.substring(name.lastIndexOf('.') + 1)));
    return names;
  }

  private static void add(List<String> differences, String name, Map<String, String> values) {
    if (values.values().stream().distinct().count() > 1) {
      differences.add(
          name
              + ": "
              + values.entrySet().stream()
                  .map(entry -> "%s in %s".formatted(entry.getValue(), entry.getKey()))
                  .collect(Collectors.joining(", ")));
    }
  }

  /** Whether two runs are of the same code, with the same settings: one repeats the other. */
  static boolean areRepeats(Side one, Side other) {
    return isSameCode(one, other) && differences(List.of(one, other)).isEmpty();
  }

  private static boolean isSameCode(Side one, Side other) {
    VerdictSource source = one.run().verdicts();
    VerdictSource otherSource = other.run().verdicts();
    if (source != null && otherSource != null) {
      return source.code().equals(otherSource.code());
    }
    return !one.run().git().dirty()
        && one.run().git().equals(other.run().git())
        && !one.run().git().commit().equals("unknown");
  }
}
