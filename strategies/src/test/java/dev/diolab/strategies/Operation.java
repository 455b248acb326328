package dev.diolab.strategies;

import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.Placeholders;
import java.io.IOException;

/**
 * The operations of the locking matrix, each on one block, and the moments of their grants. Those
 * that go through the page cache also hold the lock of their page, as the engine does.
 */
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
  /** Fills the page of block 0, which is not cached, for a buffered read. */
  BUFFERED_READ_0,
  /** Writes the page of block 0 through the page cache. */
  BUFFERED_WRITE_0,
  /** Writes the page of block 1 through the page cache. */
  BUFFERED_WRITE_1,
  /** Faults the page of block 0, which is not cached, into a mapping. */
  FAULT_0,
  /** Truncates to nothing. */
  TRUNCATE,
  /** Punches block 0. */
  PUNCH_0,
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
    } else if (locksPage()) {
      grant = new PageLocked(grant, inode, offset(inode));
      if (this == PUNCH_0) {
        Moments.beforeMap(grant, 0, BLOCK);
      }
    } else if (transfers()) {
      DirectIo io = io(inode);
      Moments.beforeMap(grant, io.offset(), io.bytes());
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
      case READ_0, READ_1 -> locking.directRead(io(inode));
      case OVERWRITE_0,
          OVERWRITE_1,
          UNWRITTEN_0,
          UNWRITTEN_1,
          OVERWRITE_LAST,
          EXTENDING,
          EXTENDING_ACROSS ->
          locking.directWrite(io(inode));
      case BUFFERED_READ_0 -> locking.bufferedRead(0, BLOCK, false);
      case BUFFERED_WRITE_0, BUFFERED_WRITE_1 -> locking.bufferedWrite(offset(inode), BLOCK);
      case FAULT_0 -> locking.pageFault(0);
      case TRUNCATE -> locking.truncate(0);
      case PUNCH_0 -> locking.punch(0, BLOCK);
      case FALLOCATE -> locking.fallocate(inode.size(), BLOCK);
      case FSYNC -> locking.fsync();
    };
  }

  /** The request of an operation that transfers. */
  FakeIo io(FakeInode inode) {
    int bytes = this == EXTENDING_ACROSS ? 2 * BLOCK : BLOCK;
    boolean written =
        switch (this) {
          case UNWRITTEN_0, UNWRITTEN_1, EXTENDING -> false;
          default -> true;
        };
    return written
        ? FakeIo.written(inode, offset(inode), bytes)
        : FakeIo.unwritten(inode, offset(inode), bytes);
  }

  private long offset(FakeInode inode) {
    return switch (this) {
      case READ_1, OVERWRITE_1, UNWRITTEN_1, BUFFERED_WRITE_1 -> BLOCK;
      case OVERWRITE_LAST, EXTENDING_ACROSS -> inode.size() - BLOCK;
      case EXTENDING -> inode.size();
      default -> 0;
    };
  }

  /** Whether the operation is direct I/O. */
  boolean transfers() {
    return switch (this) {
      case READ_0,
          READ_1,
          OVERWRITE_0,
          OVERWRITE_1,
          UNWRITTEN_0,
          UNWRITTEN_1,
          OVERWRITE_LAST,
          EXTENDING,
          EXTENDING_ACROSS ->
          true;
      default -> false;
    };
  }

  private boolean locksPage() {
    return switch (this) {
      case BUFFERED_READ_0, BUFFERED_WRITE_0, BUFFERED_WRITE_1, FAULT_0, PUNCH_0 -> true;
      default -> false;
    };
  }

  /** A grant and, under it, the lock of one page. */
  private static final class PageLocked implements Grant {
    private final Grant grant;
    private final Placeholders pageLocks;
    private final Placeholders.Claim claim = new Placeholders.Claim();

    PageLocked(Grant grant, FakeInode inode, long offset) {
      this.grant = grant;
      pageLocks = inode.pages().placeholders();
      pageLocks.acquire(claim, offset, BLOCK);
    }

    @Override
    public long beforeMap(long offset, long rest) throws IOException {
      return grant.beforeMap(offset, rest);
    }

    @Override
    public void close() {
      pageLocks.release(claim);
      grant.close();
    }
  }
}
