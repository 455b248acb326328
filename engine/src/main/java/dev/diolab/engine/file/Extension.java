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

  private Extension(Inode inode, DioRequest request) {
    this.inode = inode;
    this.request = request;
  }

  /**
   * Puts the inode on the orphan list and zeroes the rest of its last block, which i_size will
   * cover.
   */
  static Extension begin(Inode inode, DioRequest request) throws IOException {
    Volume volume = inode.volume();
    try (Handle handle = volume.journal().start(OrphanList.CREDITS)) {
      request.clock.lap(Phase.JOURNAL_WAIT);
      volume.orphans().add(handle, inode);
    }
    Extension extension = new Extension(inode, request);
    request.clock.lap(Phase.CONVERSION);
    try {
      LastBlock.zeroBehindEnd(inode, request.offset());
    } catch (IOException e) {
      extension.cutBack(e);
      throw e;
    }
    request.clock.lap(Phase.DEVICE);
    return extension;
  }

  /**
   * Moves i_size and i_disksize after the data is on the device, and takes the inode off the orphan
   * list.
   */
  void finish() throws IOException {
    Volume volume = inode.volume();
    try (Handle handle = volume.journal().start(OrphanList.CREDITS + 1)) {
      request.clock.lap(Phase.JOURNAL_WAIT);
      inode.growSize(handle, request.end());
      volume.orphans().remove(handle, inode);
    }
    request.clock.lap(Phase.CONVERSION);
  }

  /**
   * Frees what the failed write allocated behind i_size. What fails here is added to {@code cause}.
   */
  void cutBack(Exception cause) {
    Volume volume = inode.volume();
    try {
      inode.freeFrom(inode.blocksUpTo(inode.size()));
      try (Handle handle = volume.journal().start(OrphanList.CREDITS)) {
        volume.orphans().remove(handle, inode);
      }
    } catch (IOException | RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
