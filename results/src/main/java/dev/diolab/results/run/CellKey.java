package dev.diolab.results.run;

import org.jspecify.annotations.Nullable;

/**
 * What was measured in a cell; unique within a run. Cells of the same workload, variant, device,
 * number of threads and offered load are compared with each other.
 *
 * @param workload e.g. {@code PAGE-OVERWRITE}
 * @param variant what is fixed within a comparison, e.g. {@code 4k-write} or {@code unwritten,
 *     dsync}
 * @param strategy the locking strategy
 * @param policy the conversion policy
 * @param threads threads that issued operations, at least 1
 * @param device {@code file}, {@code uring}, {@code memory}, or {@code emulated-} and a disk
 * @param offered the load of an open loop; absent in a closed one
 */
public record CellKey(
    String workload,
    String variant,
    String strategy,
    String policy,
    int threads,
    String device,
    @Nullable Offered offered) {

  /** Refuses a number of threads below 1. */
  public CellKey {
    Require.that(threads >= 1, "threads is %d, but must be at least 1", threads);
  }

  /** A cell of a closed loop. */
  public CellKey(
      String workload, String variant, String strategy, String policy, int threads, String device) {
    this(workload, variant, strategy, policy, threads, device, null);
  }

  @Override
  public String toString() {
    String closed =
        "%s, %s, %s, %s, %d threads, %s"
            .formatted(workload, variant, strategy, policy, threads, device);
    return offered == null
        ? closed
        : "%s, %s ops/s %s".formatted(closed, offered.opsPerSecond(), offered.arrivals());
  }
}
