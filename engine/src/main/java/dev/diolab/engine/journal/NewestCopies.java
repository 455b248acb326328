package dev.diolab.engine.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest copy of each block that the log holds.
 *
 * <p>Contents of copies that a newer one replaces are used again for those that come: most of a log
 * is copies of the same few blocks, and memory that was never touched costs as much as to read the
 * disk.
 *
 * <p>Thread safety: none.
 */
final class NewestCopies {
  private final int blockSize;
  private final long mostBytes;
  private final Map<Long, LogCopy> byHome = new HashMap<>();
  private final ArrayDeque<byte[]> spares = new ArrayDeque<>();
  private long bytes;

  /**
   * No copies yet.
   *
   * @param mostBytes contents beyond this are not kept, and read again when they go home
   */
  NewestCopies(int blockSize, long mostBytes) {
    this.blockSize = blockSize;
    this.mostBytes = mostBytes;
  }

  /** Room for the contents of a copy. */
  byte[] room() {
    byte[] spare = spares.poll();
    return spare != null ? spare : new byte[blockSize];
  }

  /** Adds a copy that is newer than all before. */
  void add(LogCopy copy) {
    LogCopy replaced = byHome.put(copy.home(), copy);
    if (replaced != null) {
      release(replaced);
    }
    bytes += blockSize;
    if (bytes > mostBytes) {
      release(copy);
    }
  }

  private void release(LogCopy copy) {
    byte[] contents = copy.takeContents();
    if (contents != null) {
      spares.push(contents);
      bytes -= blockSize;
    }
  }

  /** The copies that {@code revokes} does not void, in ascending order of their homes. */
  List<LogCopy> inOrderOfHomes(Revokes revokes) {
    List<LogCopy> copies = new ArrayList<>(byHome.values());
    copies.removeIf(revokes::isVoid);
    copies.sort(Comparator.comparingLong(LogCopy::home));
    return copies;
  }
}
