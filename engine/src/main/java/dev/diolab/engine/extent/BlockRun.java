package dev.diolab.engine.extent;

/**
 * A run of blocks on the image: the answer of an allocation, filled in place.
 *
 * <p>Thread safety: none; one per caller.
 */
public final class BlockRun {
  private long start;
  private int count;

  /** Sets both fields. */
  public void set(long start, int count) {
    this.start = start;
    this.count = count;
  }

  /** First block. */
  public long start() {
    return start;
  }

  /** Number of blocks, at least 1. */
  public int count() {
    return count;
  }

  @Override
  public String toString() {
    return "BlockRun[start=" + start + ", count=" + count + "]";
  }
}
