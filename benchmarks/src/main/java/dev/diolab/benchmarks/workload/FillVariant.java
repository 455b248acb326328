package dev.diolab.benchmarks.workload;

import java.util.List;

/**
 * A variant of TSO32, such as {@code unwritten, fdatasync}.
 *
 * @param state what the blocks are before they are measured
 * @param sync how writes are made durable
 */
record FillVariant(State state, Sync sync) {

  enum State {
    /** Preallocated as the fill goes on: every write is the first of its block. */
    UNWRITTEN("unwritten"),
    /** Preallocated and zeroed beforehand; the zeroing is timed apart. */
    ZEROED("zeroed"),
    /** Filled once before in the same way: the control, in which every write is an overwrite. */
    REWRITTEN("rewritten");

    private final String label;

    State(String label) {
      this.label = label;
    }
  }

  enum Sync {
    /** The fill ends with the last write; nothing is made durable. */
    NONE("no sync"),
    /** Whoever completes a chunk calls fdatasync; the others go on with the next chunk. */
    FDATASYNC("fdatasync"),
    /** Every write is durable when it returns. */
    DSYNC("dsync");

    private final String label;

    Sync(String label) {
      this.label = label;
    }
  }

  static FillVariant parse(String variant) {
    for (State state : State.values()) {
      for (Sync sync : Sync.values()) {
        if (variant.equals(state.label + ", " + sync.label)) {
          return new FillVariant(state, sync);
        }
      }
    }
    throw new AssertionError("no variant of TSO32: " + variant);
  }

  @Override
  public String toString() {
    return String.join(", ", List.of(state.label, sync.label));
  }
}
