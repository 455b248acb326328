package dev.diolab.strategies;

import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;

/** The operations of the locking matrix, each on one block, and the moments of their grants. */
enum Operation {
  /** Reads block 0. */
  READ_0,
  /** Reads block 1. */
  READ_1,
  /** Overwrites block 0, which is written. */
  OVERWRITE_0,
  /** Overwrites block 1, which is written. */
  OVERWRITE_1,
  /** Writes block 0, which is unwritten. */
  UNWRITTEN_0,
  /** Writes block 1, which is unwritten. */
  UNWRITTEN_1,
  /** Overwrites the last block before i_size, which is written. */
  OVERWRITE_LAST,
  /** Writes the block behind i_size. */
  EXTENDING,
  /** Writes the last block before i_size, which is written, and the one behind. */
  EXTENDING_ACROSS,
  /** Truncates to nothing. */
  TRUNCATE,
  /** Preallocates behind i_size. */
  FALLOCATE,
  /** Waits for durability. */
  FSYNC;

  private static final int BLOCK = FakeInode.BLOCK;

  /** Begins, and goes on to where the device, or whatever takes time, would be at work. */
  Grant start(FakeInode inode, InodeLocking locking) {
    Grant grant = begin(inode, locking);
    if (this == TRUNCATE) {
      Moments.beforeMap(grant, 0, Math.max(1, inode.size()));
    } else if (transfers()) {
      Moments.beforeMap(grant, 0, BLOCK);
      grant.submitted();
    }
    return grant;
  }

  /** Ends what {@link #start} started. */
  void finish(Grant grant) {
    if (transfers()) {
      grant.ioDone();
    }
    grant.close();
  }

  /** From begin to end. */
  void run(FakeInode inode, InodeLocking locking) {
    finish(start(inode, locking));
  }

  /** Begins only. */
  Grant begin(FakeInode inode, InodeLocking locking) {
    return switch (this) {
      case READ_0 -> locking.directRead(FakeIo.written(inode, 0, BLOCK));
      case READ_1 -> locking.directRead(FakeIo.written(inode, BLOCK, BLOCK));
      case OVERWRITE_0 -> locking.directWrite(FakeIo.written(inode, 0, BLOCK));
      case OVERWRITE_1 -> locking.directWrite(FakeIo.written(inode, BLOCK, BLOCK));
      case UNWRITTEN_0 -> locking.directWrite(FakeIo.unwritten(inode, 0, BLOCK));
      case UNWRITTEN_1 -> locking.directWrite(FakeIo.unwritten(inode, BLOCK, BLOCK));
      case OVERWRITE_LAST ->
          locking.directWrite(FakeIo.written(inode, inode.size() - BLOCK, BLOCK));
      case EXTENDING_ACROSS ->
          locking.directWrite(FakeIo.written(inode, inode.size() - BLOCK, 2 * BLOCK));
      case EXTENDING -> locking.directWrite(FakeIo.unwritten(inode, inode.size(), BLOCK));
      case TRUNCATE -> locking.truncate(0);
      case FALLOCATE -> locking.fallocate(inode.size(), BLOCK);
      case FSYNC -> locking.fsync();
    };
  }

  /** Whether the operation has device I/O of its own. */
  boolean transfers() {
    return switch (this) {
      case TRUNCATE, FALLOCATE, FSYNC -> false;
      default -> true;
    };
  }
}
