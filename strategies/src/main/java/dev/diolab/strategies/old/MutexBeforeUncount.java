package dev.diolab.strategies.old;

import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;

/**
 * An overwrite that still counts as in flight while it takes i_mutex at its end. A truncate holds
 * i_mutex while it waits for requests in flight: each waits for the other. It is the mistake that
 * btrfs made with dio_sem (97dcdea076ec): a lock held across a wait for earlier I/O that needs this
 * lock to end.
 */
final class MutexBeforeUncount extends OldScheme {
  MutexBeforeUncount() {
    super(
        "overwrite-nolock",
        "mutex-before-uncount",
        "as btrfs dio_sem before 97dcdea076ec",
        "an overwrite takes i_mutex at its end while truncate, which holds it, waits for it");
  }

  @Override
  InodeLocking attach(InodeView inode, InodeLocking locking) {
    return new Locking(locking) {
      @Override
      public Grant directWrite(DirectIo io) {
        Grant grant = super.directWrite(io);
        return grant.isRefusal() ? grant : new CountedToTheEnd(grant, inode);
      }
    };
  }

  private static final class CountedToTheEnd extends Held {
    private final InodeView inode;
    private boolean counted;

    CountedToTheEnd(Grant below, InodeView inode) {
      super(below);
      this.inode = inode;
    }

    @Override
    public void submitted() {
      super.submitted();
      counted = holdsDataSem();
      if (counted) {
        inode.dioCount().begin();
      }
    }

    @Override
    public void close() {
      super.close();
      if (counted) {
        inode.dioCount().end();
      }
    }
  }
}
