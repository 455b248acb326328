package dev.diolab.strategies.old;

import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;

/**
 * The overwrite of Zheng Liu's first version: i_data_sem is let go at submission, as for AIO, and
 * nothing counts the transfer that goes on. A truncate that comes then frees the blocks, and they
 * may belong to another file before the transfer reaches them. 1f555cfa29e8 added the count.
 */
final class UncountedOverwrite extends OldScheme {
  UncountedOverwrite() {
    super(
        "overwrite-nolock",
        "uncounted",
        "before 1f555cfa29e8, 2012",
        "an overwrite in flight is not counted, so truncate does not wait for it");
  }

  @Override
  InodeLocking attach(InodeView inode, InodeLocking locking) {
    return new Locking(locking) {
      @Override
      public Grant directWrite(DirectIo io) {
        Grant grant = super.directWrite(io);
        return grant.isRefusal() ? grant : new OverAtSubmission(grant);
      }
    };
  }

  private static final class OverAtSubmission extends Held {
    private boolean over;

    OverAtSubmission(Grant below) {
      super(below);
    }

    @Override
    public void submitted() {
      super.submitted();
      if (holdsDataSem()) {
        super.ioDone();
        super.close();
        over = true;
      }
    }

    @Override
    public void ioDone() {
      if (!over) {
        super.ioDone();
      }
    }

    @Override
    public void close() {
      if (!over) {
        super.close();
      }
    }
  }
}
