package dev.diolab.engine.check;

/** Told how far a check is. */
@FunctionalInterface
public interface CheckProgress {
  /**
   * {@code done} of {@code total} blocks of the inode table and bitmaps have been looked at, each
   * with what hangs on it.
   */
  void looked(long done, long total);
}
