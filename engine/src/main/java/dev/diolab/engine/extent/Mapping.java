package dev.diolab.engine.extent;

/**
 * The answer of a look-up: a run of logical blocks in one state. Filled in place so that a look-up
 * allocates nothing.
 *
 * <p>Thread safety: none; one per request.
 */
public final class Mapping {
  private long logical;
  private long physical;
  private long blocks;
  private ExtentState state = ExtentState.HOLE;

  /** Sets all fields; {@code physical} is 0 for a hole. */
  public void set(long logical, long physical, long blocks, ExtentState state) {
    this.logical = logical;
    this.physical = physical;
    this.blocks = blocks;
    this.state = state;
  }

  /** First logical block: the one that was asked for. */
  public long logical() {
    return logical;
  }

  /** First block on the image, 0 for a hole. */
  public long physical() {
    return physical;
  }

  /**
   * Number of blocks from {@link #logical} on that share the state and lie in one run; at least 1.
   */
  public long blocks() {
    return blocks;
  }

  /** State of the run. */
  public ExtentState state() {
    return state;
  }

  @Override
  public String toString() {
    return "Mapping[logical="
        + logical
        + ", physical="
        + physical
        + ", blocks="
        + blocks
        + ", "
        + state
        + "]";
  }
}
