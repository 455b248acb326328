package dev.diolab.benchmarks.workload;

/**
 * A variant of WAL-COMMIT, such as {@code unwritten, dsync}.
 *
 * @param state what the segments of the log are before they are written
 * @param dsync whether a write is durable when it returns; otherwise fdatasync follows each
 */
record WalVariant(State state, boolean dsync) {

  enum State {
    /** Truncated to their length: blocks are allocated by the write. */
    HOLE("hole"),
    /** Preallocated with KEEP_SIZE: every write moves i_size. */
    UNWRITTEN_BEYOND_EOF("unwritten beyond EOF"),
    /** Preallocated. */
    UNWRITTEN("unwritten"),
    /** Preallocated and zeroed; the zeroing is timed apart. */
    ZEROED("zeroed"),
    /** Full of an older log, as a segment that was renamed. */
    RECYCLED("recycled");

    private final String label;

    State(String label) {
      this.label = label;
    }
  }

  static WalVariant parse(String variant) {
    for (State state : State.values()) {
      for (boolean dsync : new boolean[] {true, false}) {
        WalVariant known = new WalVariant(state, dsync);
        if (known.toString().equals(variant)) {
          return known;
        }
      }
    }
    throw new AssertionError("no variant of WAL-COMMIT: " + variant);
  }

  @Override
  public String toString() {
    return state.label + (dsync ? ", dsync" : ", fdatasync");
  }
}
