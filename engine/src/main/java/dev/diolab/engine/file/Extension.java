package dev.diolab.engine.file;

import dev.diolab.engine.journal.Handle;
import java.io.IOException;

/**
 * A write that passes i_size. The inode is on the orphan list from before the first block is
 * allocated until i_size has moved, so that a crash in between cuts the file back to i_disksize,
 * and the new blocks are not lost.
 */
final class Extension {
  private final Inode inode;
  private final DioRequest request;

  /** Whether this write has put the inode on the orphan list and not taken it off again. */
  private boolean listed;

  Extension(Inode inode, DioRequest request) {
    this.inode = inode;
    this.request = request;
  }

  /**
   * Puts the inode on the orphan list and zeroes the rest of its last block, which i_size will
   * cover.
   */
  void begin() throws IOException {
    Volume volume = inode.volume();
    try (Handle handle = volume.journal().start(OrphanList.CREDITS)) {
      request.clock.lap(Phase.JOURNAL_WAIT);
      volume.orphans().add(handle, inode);
      listed = true;
    }
    request.clock.lap(Phase.CONVERSION);
    LastBlock.zeroBehindEnd(inode, request.offset());
    request.clock.lap(Phase.DEVICE);
  }

  /**
   * Moves i_size and i_disksize after the data is on the device, and takes the inode off the orphan
   * list. Nothing when the write stopped before {@link #begin}; the sizes stay when it stopped at
   * its first byte, which may lie behind i_size.
   */
  void finish() throws IOException {
    if (!listed) {
      return;
    }
    Volume volume = inode.volume();
    try (Handle handle = volume.journal().start(OrphanList.CREDITS + 1)) {
      request.clock.lap(Phase.JOURNAL_WAIT);
      if (request.bytes() > 0) {
        inode.growSize(handle, request.end());
      }
      volume.orphans().remove(handle, inode);
      listed = false;
    }
    request.clock.lap(Phase.CONVERSION);
  }

  /**
   * Frees what the failed write allocated behind i_size, and blocks that were preallocated there.
   * What fails here is added to {@code cause}.
   */
  void cutBack(Exception cause) {
    if (!listed) {
      return;
    }
    Volume volume = inode.volume();
    try {
      inode.blocks().freeFrom(inode.blocksUpTo(inode.size()));
      try (Handle handle = volume.journal().start(OrphanList.CREDITS)) {
        volume.orphans().remove(handle, inode);
      }
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
