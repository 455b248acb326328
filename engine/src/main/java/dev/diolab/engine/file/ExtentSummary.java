package dev.diolab.engine.file;

import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.ExtentVisitor;

/**
 * What a file consists of.
 *
 * @param extents number of extents, a measure of fragmentation
 * @param writtenBlocks blocks whose contents belong to the file
 * @param unwrittenBlocks allocated blocks that read as zeros
 */
public record ExtentSummary(long extents, long writtenBlocks, long unwrittenBlocks) {

  static final class Counter implements ExtentVisitor {
    private long extents;
    private long written;
    private long unwritten;

    @Override
    public void extent(long logical, long physical, int blocks, ExtentState state) {
      extents++;
      if (state == ExtentState.WRITTEN) {
        written += blocks;
      } else {
        unwritten += blocks;
      }
    }

    ExtentSummary summary() {
      return new ExtentSummary(extents, written, unwritten);
    }
  }
}
