package dev.diolab.results.report;

import dev.diolab.results.compare.Floors;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.compare.Percentile;
import dev.diolab.results.compare.TwinPairs;
import dev.diolab.results.stats.NoiseFloor;
import java.util.ArrayList;
import java.util.List;

/** How far equals come apart, one line for each workload that measured it, and one for the rest. */
final class NoiseFloorLines {
  private NoiseFloorLines() {}

  /**
   * The lines.
   *
   * @param workloads all workloads of the run, without duplicates
   */
  static List<String> of(TwinPairs twins, List<String> workloads) {
    List<String> lines = new ArrayList<>();
    for (String workload : twins.workloads()) {
      lines.add(line(workload, twins));
    }
    List<String> others =
        workloads.stream().filter(workload -> !twins.workloads().contains(workload)).toList();
    if (!others.isEmpty()) {
      lines.add(
          "%s: not measured; ratios up to %s count as noise."
              .formatted(String.join(", ", others), ratio(NoiseFloor.LEAST)));
    }
    return lines;
  }

  private static String line(String workload, TwinPairs twins) {
    Floors floors = twins.floors(workload);
    int pairs = twins.pairs(workload).size();
    return "%s: noise floor %s in throughput, %s in p99, from %d %s of identical cells."
        .formatted(
            workload,
            ratio(floors.throughput()),
            ratio(floors.latency(Percentile.P99)),
            pairs,
            pairs == 1 ? "pair" : "pairs");
  }

  private static String ratio(NoiseFloor floor) {
    return Numbers.ratio(floor.ratio());
  }
}
