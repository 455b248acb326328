package dev.diolab.engine.file;

import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.locking.Grant;
import java.io.IOException;

/** fallocate modes 0 and KEEP_SIZE: unwritten blocks for every hole of a range. */
final class Preallocation {
  private Preallocation() {}

  /**
   * Allocates the blocks of the range that are holes; what is allocated stays.
   *
   * @param keepSize whether i_size stays where it is when the range passes it
   */
  static void run(Inode inode, long offset, long bytes, boolean keepSize) throws IOException {
    Grant grant = inode.locking().fallocate(offset, bytes);
    try {
      inode.requireLinked();
      fillHoles(inode, offset / inode.blockSize(), inode.blocksUpTo(offset + bytes));
      if (!keepSize && offset + bytes > inode.size()) {
        growTo(inode, offset + bytes);
      }
    } finally {
      grant.close();
    }
    inode.lazyZeroing().add(offset, offset + bytes);
  }

  /** Moves i_size over unwritten blocks or holes. The caller holds a grant and no page lock. */
  static void growTo(Inode inode, long newSize) throws IOException {
    LastBlock.zeroBehindEnd(inode, newSize);
    try (Handle handle = inode.volume().journal().start(1)) {
      inode.growSize(handle, newSize);
    }
  }

  /** Gives the holes among the blocks from {@code from} to before {@code to} unwritten blocks. */
  static void fillHoles(Inode inode, long from, long to) throws IOException {
    fillHoles(inode, from, to, new Mapping(), new PhaseClock());
  }

  /** The same, for who has a mapping to overwrite and a clock. */
  static void fillHoles(Inode inode, long from, long to, Mapping mapping, PhaseClock clock)
      throws IOException {
    long logical = from;
    while (logical < to) {
      inode.blocks().map(logical, to - logical, mapping, false);
      if (mapping.state() == ExtentState.HOLE) {
        inode.blocks().allocate(logical, mapping.blocks(), ExtentState.UNWRITTEN, mapping, clock);
      }
      logical += mapping.blocks();
    }
  }
}
