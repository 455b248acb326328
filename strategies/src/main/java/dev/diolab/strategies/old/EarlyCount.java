package dev.diolab.strategies.old;

import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;

/**
 * A write into unwritten blocks that counts as over when the device is done, before its conversion,
 * which AIO runs later in a work queue without a lock. A truncate in between frees the blocks, and
 * the conversion then turns whatever stands in their place to written. 266991b13890 ends the count
 * after the conversion.
 */
final class EarlyCount extends OldScheme {
  EarlyCount() {
    super(
        "iomap-endio",
        "early-count",
        "before 266991b13890, 2012",
        "a write ends its lock and its count before its blocks are converted");
  }

  @Override
  InodeLocking attach(InodeView inode, InodeLocking locking) {
    return new Locking(locking) {
      @Override
      public Grant directWrite(DirectIo io) {
        Grant grant = super.directWrite(io);
        return grant.isRefusal() || io.isExtending() ? grant : new OverWithTheDevice(grant);
      }
    };
  }

  private static final class OverWithTheDevice extends Held {
    OverWithTheDevice(Grant below) {
      super(below);
    }

    @Override
    public void ioDone() {
      super.ioDone();
      super.close();
    }

    @Override
    public void close() {}
  }
}
