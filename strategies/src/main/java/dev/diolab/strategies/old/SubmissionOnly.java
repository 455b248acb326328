package dev.diolab.strategies.old;

import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;

/**
 * Writes inside i_size hold the inode's lock only until they are submitted, as every AIO write,
 * also when they write a part of a block: two of them that share an unwritten block each zero what
 * they do not write of it, and so the data of the other. e9e3bcecf44c made unaligned AIO wait for
 * each other; 372a03e01853 those that share the block at the end of the file.
 */
final class SubmissionOnly extends OldScheme {
  SubmissionOnly() {
    super(
        "iomap-endio",
        "submission-only",
        "before e9e3bcecf44c, 2011",
        "a write holds its lock until it is submitted, also when it is unaligned");
  }

  @Override
  InodeLocking attach(InodeView inode, InodeLocking locking) {
    return new Locking(locking) {
      @Override
      public Grant directWrite(DirectIo io) {
        Grant grant = super.directWrite(new AsOfWholeBlocks(io));
        if (grant.isRefusal() || io.isExtending()) {
          return grant;
        }
        inode.dioCount().begin();
        return new OverAtSubmission(grant, inode);
      }
    };
  }

  /** Nobody asks whether a write is of whole blocks. */
  private static final class AsOfWholeBlocks extends AnsweredIo {
    private final DirectIo below;

    AsOfWholeBlocks(DirectIo below) {
      super(below);
      this.below = below;
    }

    @Override
    public boolean isAligned(int blockSize) {
      return true;
    }

    @Override
    public boolean isOverwrite() {
      return below.isOverwrite();
    }
  }

  /** Is counted to its end, so that truncate waits for it. */
  private static final class OverAtSubmission extends Held {
    private final InodeView inode;

    OverAtSubmission(Grant below, InodeView inode) {
      super(below);
      this.inode = inode;
    }

    @Override
    public void submitted() {
      super.submitted();
      super.close();
    }

    @Override
    public void ioDone() {}

    @Override
    public void close() {
      inode.dioCount().end();
    }
  }
}
