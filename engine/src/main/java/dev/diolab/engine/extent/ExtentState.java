package dev.diolab.engine.extent;

/** What a range of a file is backed by. */
public enum ExtentState {
  /** No blocks; reads as zeros. */
  HOLE,
  /** Blocks whose contents belong to the file. */
  WRITTEN,
  /** Allocated blocks whose contents do not belong to the file yet; reads as zeros. */
  UNWRITTEN
}
