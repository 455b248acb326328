package dev.diolab.engine.file;

import dev.diolab.engine.extent.ExtentTree;
import dev.diolab.engine.journal.InPlaceBlock;
import java.io.IOException;

/**
 * Conversions of an inode that change its extents where they stand on the image, past the journal.
 * Only those of the root: an inode record lies in one sector, its checksum with it. The checksum of
 * another node lies in its last sector, so a torn write would leave a node that nobody can read.
 *
 * <p>i_data_sem is held until the change is durable: nobody finds blocks written that a crash would
 * make unwritten, and takes an overwrite of them for durable. Whoever holds it waits for nothing
 * but the device, so that a handle which waits for i_data_sem holds up no commit that this waits
 * for.
 */
final class InPlaceConversion implements InPlaceBlock.Change {
  private final Inode inode;
  private final ExtentTree tree;
  private final InPlaceBlock block;

  /** First block that is not converted yet. [i_data_sem exclusive] */
  private long next;

  /** Block after the last one to be converted. [i_data_sem exclusive] */
  private long last;

  InPlaceConversion(Inode inode, ExtentTree tree) {
    this.inode = inode;
    this.tree = tree;
    this.block = inode.volume().journal().inPlace(inode.table());
  }

  /**
   * Whether {@link #convert} is worth a try: a guess without i_data_sem, before the device is
   * flushed for it.
   */
  boolean mayWork(long end) {
    return end <= inode.diskSize() && tree.depth() == 0 && block.isFree();
  }

  /**
   * Converts the unwritten blocks of the bytes from {@code offset} to {@code end}, whose data is
   * durable; durably when it returns.
   *
   * @return false when the journal has to do the rest: it may begin at {@code offset} again
   */
  boolean convert(long offset, long end, PhaseClock clock) throws IOException {
    inode.dataSem().lockExclusive();
    try {
      next = offset / inode.blockSize();
      last = inode.blocksUpTo(end);
      return end <= inode.diskSize() && block.change(this) && next == last;
    } finally {
      inode.dataSem().unlockExclusive();
      clock.lap(Phase.CONVERSION);
    }
  }

  @Override
  public boolean apply() throws IOException {
    long first = next;
    long done = tree.convertInRoot(next, last - next);
    while (done > 0 && next + done < last) {
      next += done;
      done = tree.convertInRoot(next, last - next);
    }
    next += done;
    return next > first;
  }
}
