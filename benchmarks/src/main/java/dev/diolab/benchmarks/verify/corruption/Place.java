package dev.diolab.benchmarks.verify.corruption;

/**
 * A metadata block of an image.
 *
 * @param structure what it holds
 * @param block its number
 * @param tid the transaction of a live log block, 0 otherwise
 * @param replaced whether recovery replaces the block by a copy in the log
 */
record Place(Structure structure, long block, long tid, boolean replaced) {
  @Override
  public String toString() {
    return structure.title()
        + " in block "
        + block
        + (tid > 0 ? " of transaction " + tid : "")
        + (replaced ? ", of which the log has a newer copy" : "");
  }
}
