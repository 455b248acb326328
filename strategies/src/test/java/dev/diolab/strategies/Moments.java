package dev.diolab.strategies;

import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import java.io.IOException;
import java.io.UncheckedIOException;

/** The moments of a grant on a {@link FakeInode}, which has no device. */
final class Moments {
  private Moments() {}

  /** Maps the whole request, in as many steps as the grant asks for, and submits it. */
  static Grant mapAll(Grant grant, DirectIo io) {
    long position = io.offset();
    while (position < io.end()) {
      position += beforeMap(grant, position, io.end() - position);
    }
    grant.submitted();
    return grant;
  }

  static long beforeMap(Grant grant, long offset, long rest) {
    try {
      return grant.beforeMap(offset, rest);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
