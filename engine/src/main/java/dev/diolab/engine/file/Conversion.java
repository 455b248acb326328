package dev.diolab.engine.file;

import dev.diolab.engine.extent.ExtentTree;
import dev.diolab.engine.extent.NoSpaceException;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.journal.Handle;
import java.io.IOException;

/**
 * Makes unwritten blocks of an inode written, in transactions; in place it is {@link
 * InPlaceConversion}.
 *
 * <p>Thread safety: every method takes the i_data_sem it needs, except where it says otherwise.
 */
final class Conversion {
  /** Most credits that a conversion of many ranges asks for at a time. */
  private static final int MOST_BATCH_CREDITS = 128;

  private final Inode inode;
  private final InodeBlocks blocks;

  /** [i_data_sem] */
  private final ExtentTree tree;

  private final InPlaceConversion inPlace;

  Conversion(Inode inode, InodeBlocks blocks, ExtentTree tree) {
    this.inode = inode;
    this.blocks = blocks;
    this.tree = tree;
    this.inPlace = new InPlaceConversion(inode, tree);
  }

  /** Conversions past the journal. */
  InPlaceConversion inPlace() {
    return inPlace;
  }

  /**
   * Converts the unwritten blocks of the bytes from {@code offset} to {@code end} to written, none
   * of which is a hole. i_disksize moves over them in the same transactions, but not over i_size:
   * so no crash leaves written blocks behind the size. Cutting an extent may need a node; when only
   * blocks of uncommitted frees are left, commits those and tries once more.
   *
   * @param coverTo how far i_disksize may move: 0 for a write that extends, whose inode is on the
   *     orphan list and which moves both sizes itself
   * @return the last transaction that holds a part of it
   */
  long convert(long offset, long end, long coverTo, PhaseClock clock) throws IOException {
    return convert(offset, end, coverTo, false, clock);
  }

  /**
   * The same for a write inside i_size, and asks the commit to take the inode's block out of the
   * journal, so that later conversions may be in place; not when extents stand in other blocks.
   */
  long convertAndBringHome(long offset, long end, PhaseClock clock) throws IOException {
    return convert(offset, end, end, true, clock);
  }

  private long convert(long offset, long end, long coverTo, boolean bringsHome, PhaseClock clock)
      throws IOException {
    try {
      return convertOnce(offset, end, coverTo, bringsHome, clock);
    } catch (NoSpaceException full) {
      blocks.commitFrees(clock);
      return convertOnce(offset, end, coverTo, bringsHome, clock);
    }
  }

  /**
   * The same for several ranges, with as many of them in one transaction as fit into one handle.
   */
  long convert(ByteRanges ranges, PhaseClock clock) throws IOException {
    try {
      return convertOnce(ranges, clock);
    } catch (NoSpaceException full) {
      blocks.commitFrees(clock);
      return convertOnce(ranges, clock);
    }
  }

  private long convertOnce(ByteRanges ranges, PhaseClock clock) throws IOException {
    long tid = 0;
    int range = 0;
    long position = 0;
    while (range < ranges.count()) {
      int rest = ranges.count() - range;
      try (Handle handle = blocks.startWithDataSem(tree -> batchCredits(tree, rest), clock)) {
        try {
          while (range < ranges.count() && handle.creditsLeft() >= tree.convertCredits()) {
            position =
                convertFirst(handle, Math.max(position, ranges.start(range)), ranges.end(range));
            if (position >= ranges.end(range)) {
              range++;
              position = 0;
            }
          }
          tid = handle.tid();
        } catch (CorruptImageException e) {
          throw blocks.halfChanged(e);
        } finally {
          inode.dataSem().unlockExclusive();
        }
      }
      clock.lap(Phase.CONVERSION);
    }
    return tid;
  }

  /** Credits for {@code conversions}, or for fewer: a handle must not fill a transaction. */
  private int batchCredits(ExtentTree tree, int conversions) {
    int one = tree.convertCredits();
    int most =
        Math.max(one, Math.min(MOST_BATCH_CREDITS, inode.volume().journal().maxCredits() / 4));
    return (int) Math.min(most, (long) one * conversions);
  }

  /** Converts what one extent has of the range; where that ends. [i_data_sem exclusive] */
  private long convertFirst(Handle handle, long offset, long end) throws IOException {
    long logical = offset / inode.blockSize();
    inode.changedIn(handle);
    logical += tree.convert(handle, logical, inode.blocksUpTo(end) - logical);
    long done = Math.min(end, logical * inode.blockSize());
    inode.coverOnDisk(handle, done);
    return done;
  }

  private long convertOnce(
      long offset, long end, long coverTo, boolean bringsHome, PhaseClock clock)
      throws IOException {
    long logical = offset / inode.blockSize();
    long last = inode.blocksUpTo(end);
    long tid = 0;
    while (logical < last) {
      try (Handle handle = blocks.startWithDataSem(ExtentTree::convertCredits, clock)) {
        try {
          logical += tree.convert(handle, logical, last - logical);
          inode.changedIn(handle);
          inode.coverOnDisk(handle, Math.min(coverTo, logical * inode.blockSize()));
          if (bringsHome && tree.depth() == 0) {
            handle.bringHome(inode.table());
          }
          tid = handle.tid();
        } catch (CorruptImageException e) {
          throw blocks.halfChanged(e);
        } finally {
          inode.dataSem().unlockExclusive();
        }
      }
      clock.lap(Phase.CONVERSION);
    }
    return tid;
  }
}
