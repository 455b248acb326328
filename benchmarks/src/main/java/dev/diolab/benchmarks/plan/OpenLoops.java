package dev.diolab.benchmarks.plan;

import dev.diolab.benchmarks.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** What can be measured in an open loop; what cannot is refused by its name. */
final class OpenLoops {
  /**
   * Measured time of a round of a workload that in a closed loop runs until its work is done, where
   * no option says otherwise.
   */
  private static final double SECONDS = 2;

  private OpenLoops() {}

  /**
   * Refuses workloads that were asked for by name and cannot be offered a rate.
   *
   * @throws Failure naming the first of them and those that can
   */
  static void requireArrivals(Selection selection) {
    if (selection.offer() == null) {
      return;
    }
    for (Workload workload : selection.workloads()) {
      if (!workload.takesArrivals()) {
        throw Failure.usage(
            workload.label() + " cannot be offered a rate; these can: " + workloads());
      }
    }
  }

  /** The workloads that can be offered a rate, for people. */
  static String workloads() {
    return Arrays.stream(Workload.values())
        .filter(Workload::takesArrivals)
        .map(Workload::label)
        .collect(Collectors.joining(", "));
  }

  /** The cell under a load, measured for its own time or, where it has none, a chosen one. */
  static CellPlan offered(CellPlan cell, OfferedLoad load, Selection selection) {
    double chosen = selection.seconds() == null ? SECONDS : selection.seconds();
    return cell.offered(load, cell.seconds() > 0 ? cell.seconds() : chosen);
  }

  /**
   * The loads of a sweep, in percent.
   *
   * @throws Failure when the profile has none
   */
  static List<Integer> percents(Profile profile) {
    List<Integer> percents = profile.sweepPercents();
    if (percents == null) {
      throw Failure.usage("this profile has no loads to sweep over");
    }
    return percents;
  }
}
