package dev.diolab.engine.file;

import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.locking.Grant;
import java.io.IOException;

/**
 * Truncate and unlink: i_size moves first, then the strategy waits for requests in flight, then
 * pages are dropped and blocks freed, so that a request that starts in between sees the new size
 * (1c9114f9c0f1).
 */
final class Truncation {
  private Truncation() {}

  /** Sets the size; shrinking frees the blocks behind it, also those allocated with KEEP_SIZE. */
  static void run(Inode inode, long newSize) throws IOException {
    Grant grant = inode.locking().truncate(newSize);
    try {
      inode.requireLinked();
      if (newSize > inode.size()) {
        grow(inode, newSize);
      } else {
        shrink(inode, newSize, grant);
      }
    } finally {
      grant.close();
    }
  }

  /** Frees the inode and all its blocks; of several unlinks of one inode one succeeds. */
  static void unlink(Inode inode) throws IOException {
    Grant grant = inode.locking().truncate(0);
    try {
      inode.requireLinked();
      Volume volume = inode.volume();
      try (Handle handle = volume.journal().start(OrphanList.CREDITS + 1)) {
        volume.orphans().add(handle, inode);
        inode.recordUnlink(handle);
        inode.setSize(handle, 0);
        inode.markUnlinked();
      }
      grant.beforeMap(0, Long.MAX_VALUE);
      inode.conversions().discardFrom(0);
      inode.pages().truncate(0);
      inode.blocks().freeFrom(0);
      try (Handle handle = volume.journal().start(OrphanList.CREDITS + 1)) {
        volume.orphans().remove(handle, inode);
        inode.recordFree(handle);
      }
    } finally {
      grant.close();
    }
  }

  /**
   * Ends a truncate, unlink or extending write that a crash cut off; the inode is on the orphan
   * list.
   */
  static void recover(Inode inode) throws IOException {
    boolean unlinked = inode.isRecordUnlinked();
    inode.blocks().freeFrom(unlinked ? 0 : inode.blocksUpTo(inode.size()));
    Volume volume = inode.volume();
    try (Handle handle = volume.journal().start(OrphanList.CREDITS + 1)) {
      volume.orphans().remove(handle, inode);
      if (unlinked) {
        inode.recordFree(handle);
      }
    }
  }

  private static void grow(Inode inode, long newSize) throws IOException {
    LastBlock.zeroBehindEnd(inode, newSize);
    try (Handle handle = inode.volume().journal().start(1)) {
      inode.setSize(handle, newSize);
    }
  }

  private static void shrink(Inode inode, long newSize, Grant grant) throws IOException {
    Volume volume = inode.volume();
    long oldSize = inode.size();
    try (Handle handle = volume.journal().start(OrphanList.CREDITS + 1)) {
      volume.orphans().add(handle, inode);
      inode.setSize(handle, newSize);
    }
    grant.beforeMap(newSize, Math.max(1, oldSize - newSize));
    inode.conversions().discardFrom(inode.blocksUpTo(newSize) * inode.blockSize());
    inode.pages().truncate(newSize);
    inode.blocks().freeFrom(inode.blocksUpTo(newSize));
    try (Handle handle = volume.journal().start(OrphanList.CREDITS)) {
      volume.orphans().remove(handle, inode);
    }
  }
}
