package dev.diolab.benchmarks.workload;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A variant of TSO32, such as {@code unwritten, fdatasync} or {@code unwritten, dsync, depth 16}.
 *
 * @param state what the blocks are before they are measured
 * @param sync how writes are made durable
 * @param depth writes that each thread keeps in flight; 0 when it writes synchronously
 */
record FillVariant(State state, Sync sync, int depth) {
  private static final Pattern NAME =
      Pattern.compile("([a-z]+), ([a-z ]+?)(?:, depth ([1-9][0-9]*))?");

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
    Matcher matcher = NAME.matcher(variant);
    if (matcher.matches()) {
      int depth = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
      for (State state : State.values()) {
        for (Sync sync : Sync.values()) {
          if (matcher.group(1).equals(state.label) && matcher.group(2).equals(sync.label)) {
            return new FillVariant(state, sync, depth);
          }
        }
      }
    }
    throw new AssertionError("no variant of TSO32: " + variant);
  }

  @Override
  public String toString() {
    return state.label + ", " + sync.label + (depth == 0 ? "" : ", depth " + depth);
  }
}
