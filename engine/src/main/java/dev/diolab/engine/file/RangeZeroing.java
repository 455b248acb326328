package dev.diolab.engine.file;

import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.Placeholders;
import java.io.IOException;

/**
 * fallocate with PUNCH_HOLE or ZERO_RANGE: a range reads as zeros afterwards.
 *
 * <p>The order is that of ext4 since 2015 (ea3d7209ca01):
 *
 * <ol>
 *   <li>dirty pages of the range are written out, so that what shares a page with its ends is not
 *       lost with it;
 *   <li>the strategy waits for the direct requests in flight, which have mapped the blocks that go
 *       away, and keeps new ones out;
 *   <li>all pages of the range are claimed: no fill, write-out or store can bring an old page back,
 *       or use a block that is about to be freed;
 *   <li>what was written and waits for its conversion is converted, or that would come after the
 *       blocks went away;
 *   <li>the parts of blocks at the ends are zeroed on the device, what is cached of the range is
 *       dropped or zeroed;
 *   <li>the whole blocks are freed or made unwritten, in as many transactions as it takes.
 * </ol>
 *
 * <p>The claim comes after the wait: a request in flight may itself need page locks before it ends,
 * to drop the pages that it has overwritten, and a strategy with placeholders waits for all claims
 * on the range, of which this one would be one.
 *
 * <p>A crash in between leaves a part of the range zeroed and the rest as it was, in units of
 * sectors at the ends and of blocks elsewhere; i_size is the old one until the last step. Zeroing
 * needs no order with the freeing: each part of the range has its own way to read as zeros. A freed
 * block is not given out before its transaction has committed, so the range never shows what is not
 * of this file.
 */
final class RangeZeroing {
  private final Inode inode;
  private final long offset;
  private final long end;

  /** First block that lies entirely in the range. */
  private final long firstWhole;

  /** The block after the last one that lies entirely in the range. */
  private final long endWhole;

  private final Mapping mapping = new Mapping();
  private final PhaseClock clock = new PhaseClock();

  private RangeZeroing(Inode inode, long offset, long bytes) {
    this.inode = inode;
    this.offset = offset;
    this.end = offset + bytes;
    this.firstWhole = inode.blocksUpTo(offset);
    this.endWhole = end / inode.blockSize();
  }

  /** Frees the whole blocks of the range, also those behind i_size. */
  static void punch(Inode inode, long offset, long bytes) throws IOException {
    RangeZeroing range = new RangeZeroing(inode, offset, bytes);
    Grant grant = inode.locking().punch(offset, bytes);
    try {
      inode.requireLinked();
      range.run(grant, range::freeBlocks);
    } finally {
      grant.close();
    }
  }

  /**
   * Makes the whole blocks of the range unwritten and fills its holes with unwritten blocks.
   *
   * @param keepSize whether i_size stays where it is when the range passes it
   */
  static void zero(Inode inode, long offset, long bytes, boolean keepSize) throws IOException {
    RangeZeroing range = new RangeZeroing(inode, offset, bytes);
    Grant grant = inode.locking().punch(offset, bytes);
    try {
      inode.requireLinked();
      range.run(grant, range::makeUnwritten);
      if (!keepSize && range.end > inode.size()) {
        Preallocation.growTo(inode, range.end);
      }
    } finally {
      grant.close();
    }
  }

  private void run(Grant grant, BlockChange change) throws IOException {
    inode.pages().writeAndWait(offset, end - offset);
    grant.beforeMap(offset, end - offset);
    Placeholders locks = inode.pages().placeholders();
    Placeholders.Claim claim = new Placeholders.Claim();
    locks.acquire(claim, offset, end - offset);
    try {
      inode.conversions().drain();
      zeroPartialBlocks();
      inode.pages().punchLocked(offset, end);
      change.apply();
    } finally {
      locks.release(claim);
    }
  }

  private void zeroPartialBlocks() throws IOException {
    int blockSize = inode.blockSize();
    if (firstWhole > endWhole) {
      zeroInBlock(offset, end);
      return;
    }
    if (offset < firstWhole * blockSize) {
      zeroInBlock(offset, firstWhole * blockSize);
    }
    if (endWhole * blockSize < end) {
      zeroInBlock(endWhole * blockSize, end);
    }
  }

  /** Zeroes bytes of one block, unless it reads as zeros anyway. */
  private void zeroInBlock(long from, long to) throws IOException {
    int blockSize = inode.blockSize();
    inode.blocks().map(from / blockSize, 1, mapping, false);
    if (mapping.state() == ExtentState.WRITTEN) {
      long deviceOffset = mapping.physical() * blockSize + from % blockSize;
      SectorZeroing.zero(inode.volume(), deviceOffset, (int) (to - from));
    }
  }

  private void freeBlocks() throws IOException {
    if (firstWhole < endWhole) {
      inode.blocks().punch(firstWhole, endWhole, clock);
    }
  }

  private void makeUnwritten() throws IOException {
    long logical = offset / inode.blockSize();
    long last = inode.blocksUpTo(end);
    while (logical < last) {
      boolean whole = logical >= firstWhole && logical < endWhole;
      inode.blocks().map(logical, whole ? endWhole - logical : 1, mapping, false);
      if (mapping.state() == ExtentState.HOLE) {
        inode.blocks().allocate(logical, mapping.blocks(), ExtentState.UNWRITTEN, mapping, clock);
      } else if (mapping.state() == ExtentState.WRITTEN && whole) {
        inode.blocks().unconvert(logical, mapping.blocks(), clock);
      }
      logical += mapping.blocks();
    }
  }

  /** What becomes of the whole blocks. */
  private interface BlockChange {
    void apply() throws IOException;
  }
}
