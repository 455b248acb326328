package dev.diolab.strategies;

import dev.diolab.engine.locking.Grant;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The moments of a grant on a {@link FakeInode}, where no page has to be written out. */
final class Moments {
  private Moments() {}

  static long beforeMap(Grant grant, long offset, long rest) {
    try {
      return grant.beforeMap(offset, rest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
