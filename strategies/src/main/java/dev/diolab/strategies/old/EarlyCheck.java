package dev.diolab.strategies.old;

import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;

/**
 * A write that looks whether it is an overwrite before it takes the lock under which the answer
 * would stay true (facts E15). A punch in between makes a hole of its blocks, and the write goes on
 * with the rights of an overwrite.
 */
final class EarlyCheck extends OldScheme {
  EarlyCheck(String below) {
    super(
        below,
        "early-check",
        "no release had it: the order that every scheme has to avoid",
        "whether a write is an overwrite is looked up before its lock is held");
  }

  @Override
  InodeLocking attach(InodeView inode, InodeLocking locking) {
    return new Locking(locking) {
      @Override
      public Grant directWrite(DirectIo io) {
        boolean overwrite = !io.isExtending() && io.isOverwrite();
        return super.directWrite(
            new AnsweredIo(io) {
              @Override
              public boolean isOverwrite() {
                return overwrite;
              }
            });
      }
    };
  }
}
