package dev.diolab.engine.journal;

import org.jspecify.annotations.Nullable;

/**
 * A copy of a block in the log.
 *
 * <p>Thread safety: none; the scan makes it, the replay reads it.
 */
final class LogCopy {
  private final long tid;
  private final long home;
  private final long position;
  private final boolean escaped;
  private byte @Nullable [] contents;

  /** The copy of block {@code home} that transaction {@code tid} has at {@code position}. */
  LogCopy(long tid, long home, long position, boolean escaped, byte[] contents) {
    this.tid = tid;
    this.home = home;
    this.position = position;
    this.escaped = escaped;
    this.contents = contents;
  }

  long tid() {
    return tid;
  }

  long home() {
    return home;
  }

  long position() {
    return position;
  }

  boolean escaped() {
    return escaped;
  }

  /** The copy as it stands in the log; null when it has to be read there once more. */
  byte @Nullable [] contents() {
    return contents;
  }

  /** Takes the contents away, to be used for another copy or not at all. */
  byte @Nullable [] takeContents() {
    byte @Nullable [] taken = contents;
    contents = null;
    return taken;
  }
}
