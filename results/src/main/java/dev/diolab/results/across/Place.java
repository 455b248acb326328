package dev.diolab.results.across;

import dev.diolab.results.compare.Subject;
import dev.diolab.results.run.CellKey;

/**
 * What a cell of one run shares with that of another: all but the disk. Cells in memory are not
 * taken for cells on a disk. In a sweep the load is the share of the capacity, which each run
 * measured for itself.
 *
 * @param variant with the load of an open loop
 */
public record Place(
    String workload,
    String variant,
    String strategy,
    String policy,
    int threads,
    boolean isOpenLoop,
    boolean isInMemory) {
  private static final String MEMORY = "memory";

  /** The place of a cell. */
  static Place of(CellKey key) {
    return new Place(
        key.workload(),
        Subject.of(key).variant(),
        key.strategy(),
        key.policy(),
        key.threads(),
        key.offered() != null,
        key.device().equals(MEMORY));
  }

  /** Workload and variant. */
  public String subject() {
    return workload + " " + variant + (isInMemory ? " (memory)" : "");
  }

  @Override
  public String toString() {
    return "%s, %s, %s, %d threads".formatted(subject(), strategy, policy, threads);
  }
}
