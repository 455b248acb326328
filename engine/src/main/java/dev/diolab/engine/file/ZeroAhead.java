package dev.diolab.engine.file;

import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.locking.Placeholders;
import java.io.IOException;

/**
 * Zeroes the unwritten blocks of a window and converts them before a direct write puts data there:
 * zeroout of ext4 (EXT4_EXT_ZERO_LEN), moved from the conversion to the submission.
 *
 * <p>Assumptions: the caller's grant keeps all other direct writes from mapping; nobody holds
 * i_data_sem or a page lock for the caller.
 *
 * <p>The locks of the window's pages keep the page cache out: a write-out puts data into an
 * unwritten block before it converts it, and zeros in between would take its place.
 *
 * <p>Blocks behind i_disksize stay unwritten: to make them written, i_disksize would have to move
 * over them, and a crash would leave a file that ends in zeros which nobody wrote. A write into
 * these converts them after its data; while one is in flight no window is zeroed, because
 * i_disksize may have moved meanwhile, and zeros would take the place of its data.
 *
 * <p>A crash finds a block unwritten, or written with zeros on the device: the commit of the
 * conversion flushes them first.
 */
final class ZeroAhead {
  private ZeroAhead() {}

  /** Whether the policy zeroes windows. */
  static boolean isUsed(Inode inode) {
    return inode.volume().policy().zeroAheadBlocks() > 0;
  }

  /**
   * Whether the window of block {@code logical} may be zeroed now: it lies before i_disksize, and
   * no write in flight fills unwritten blocks.
   */
  static boolean covers(Inode inode, long logical) {
    return isUsed(inode)
        && logical < inode.blocksUpTo(inode.diskSize())
        && !inode.isUnwrittenBeingFilled();
  }

  /** Makes written what is unwritten in the window of block {@code logical}, up to i_disksize. */
  static void run(Inode inode, DioRequest request, long logical) throws IOException {
    int window = inode.volume().policy().zeroAheadBlocks();
    long from = logical - logical % window;
    long to = Math.min(from + window, inode.blocksUpTo(inode.diskSize()));
    long blockSize = inode.blockSize();
    Placeholders locks = inode.pages().placeholders();
    Placeholders.Claim claim = new Placeholders.Claim();
    locks.acquire(claim, from * blockSize, (to - from) * blockSize);
    request.clock.lap(Phase.LOCK_WAIT);
    try {
      zeroUnwritten(inode, request.mapping, request.clock, from, to);
    } finally {
      locks.release(claim);
    }
  }

  /**
   * Zeroes and converts what is unwritten from block {@code from} to before {@code to}, all of it
   * before i_disksize and inside page locks of the caller.
   */
  static void zeroUnwritten(Inode inode, Mapping mapping, PhaseClock clock, long from, long to)
      throws IOException {
    int blockSize = inode.blockSize();
    long logical = from;
    while (logical < to) {
      inode.blocks().map(logical, to - logical, mapping, false);
      long blocks = mapping.blocks();
      if (mapping.state() == ExtentState.UNWRITTEN) {
        long bytes = blocks * blockSize;
        inode.volume().writeZeros(mapping.physical() * blockSize, bytes);
        inode.volume().counts().bytesZeroedAhead.add(bytes);
        clock.lap(Phase.DEVICE);
        long zeroedTo = (logical + blocks) * blockSize;
        inode.blocks().conversion().convert(logical * blockSize, zeroedTo, 0, clock);
      }
      logical += blocks;
    }
  }
}
