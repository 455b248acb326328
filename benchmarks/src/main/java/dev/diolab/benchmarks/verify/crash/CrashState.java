package dev.diolab.benchmarks.verify.crash;

import java.util.List;

/**
 * A state that a crash can leave: everything durable at its tick, and of what was not durable an
 * arbitrary part.
 *
 * @param tick what happened up to here, happened
 * @param applied the writes that were not durable and reached the medium, in the order in which
 *     they did
 */
public record CrashState(long tick, List<Applied> applied) {
  /** The unit that a device writes as a whole. */
  public static final int SECTOR = 512;

  /** Copies the list. */
  public CrashState {
    applied = List.copyOf(applied);
  }
}
