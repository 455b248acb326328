package dev.diolab.strategies.old;

import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;

/**
 * An fallocate that takes no lock, and so runs beside an appending write (xfstests generic/586).
 * Both look at the old size, and the one zeroes or sizes what the other has just written.
 */
final class UnlockedFallocate extends OldScheme {
  UnlockedFallocate() {
    super(
        "iomap-endio",
        "unlocked-fallocate",
        "xfstests generic/586, 2019",
        "fallocate does not exclude a write that extends the file");
  }

  @Override
  InodeLocking attach(InodeView inode, InodeLocking locking) {
    return new Locking(locking) {
      @Override
      public Grant fallocate(long offset, long bytes) {
        return Grant.NOTHING_HELD;
      }
    };
  }
}
