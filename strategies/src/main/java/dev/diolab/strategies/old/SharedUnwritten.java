package dev.diolab.strategies.old;

import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;

/**
 * Writes into unwritten blocks inside i_size run together, also where two of them share a block:
 * each zeroes what it does not write of it, and so the data of the other. e9e3bcecf44c serialised
 * unaligned AIO.
 */
final class SharedUnwritten extends OldScheme {
  SharedUnwritten() {
    super(
        "iomap-endio",
        "shared-unwritten",
        "before e9e3bcecf44c, 2011",
        "writes that share an unwritten block run together");
  }

  @Override
  InodeLocking attach(InodeView inode, InodeLocking locking) {
    return new Locking(locking) {
      @Override
      public Grant directWrite(DirectIo io) {
        return super.directWrite(
            new AnsweredIo(io) {
              @Override
              public boolean isOverwrite() {
                return true;
              }
            });
      }
    };
  }
}
