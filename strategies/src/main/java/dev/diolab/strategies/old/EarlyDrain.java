package dev.diolab.strategies.old;

import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A truncate that waits for direct I/O in flight before it moves i_size. A read without a lock that
 * starts in between sees the old size, maps blocks that are then freed, and returns what their next
 * owner writes. 1c9114f9c0f1 moves i_size first.
 */
final class EarlyDrain extends OldScheme {
  EarlyDrain() {
    super(
        "overwrite-nolock",
        "early-drain",
        "before 1c9114f9c0f1, 2012",
        "truncate waits for requests in flight before it moves i_size");
  }

  @Override
  InodeLocking attach(InodeView inode, InodeLocking locking) {
    return new Locking(locking) {
      @Override
      public Grant truncate(long newSize) {
        Grant grant = super.truncate(newSize);
        drain(grant, newSize);
        return new Drained(grant);
      }
    };
  }

  private static void drain(Grant grant, long newSize) {
    try {
      grant.beforeMap(newSize, Long.MAX_VALUE - newSize);
    } catch (IOException e) {
      grant.close();
      throw new UncheckedIOException(e);
    }
  }

  /** Does not wait once more. */
  private static final class Drained extends Held {
    Drained(Grant below) {
      super(below);
    }

    @Override
    public long beforeMap(long offset, long rest) {
      return rest;
    }
  }
}
