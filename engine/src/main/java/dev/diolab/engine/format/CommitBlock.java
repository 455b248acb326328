package dev.diolab.engine.format;

import java.util.Arrays;

/**
 * The commit record: the last block of a transaction in the log. A transaction counts if, and only
 * if, this block is whole. The count in the header is the number of log blocks of the transaction
 * before this one.
 *
 * <pre>
 *  0               24                32
 *  +---------------+-----------------+------
 *  | JournalHeader | wall clock (ms) | zero
 *  +---------------+-----------------+------
 * </pre>
 *
 * <p>Thread safety: static functions over the caller's array.
 */
public final class CommitBlock {
  private static final int WALL_MILLIS = JournalHeader.SIZE;
  private static final int END = WALL_MILLIS + Long.BYTES;

  static {
    LayoutCheck.adjacent(WALL_MILLIS, 8, END);
    LayoutCheck.withinFirstSector(END);
  }

  private CommitBlock() {}

  /**
   * Makes {@code block} the commit record of {@code tid}, which has {@code logBlocks} blocks
   * before.
   */
  public static void fill(byte[] block, long tid, int logBlocks, long wallMillis) {
    Arrays.fill(block, (byte) 0);
    Bytes.putLong(block, WALL_MILLIS, wallMillis);
    JournalHeader.seal(block, JournalHeader.COMMIT, tid, logBlocks);
  }

  /** Whether {@code block} is the sealed commit record of {@code tid} after {@code logBlocks}. */
  public static boolean isValid(byte[] block, long tid, long logBlocks) {
    return JournalHeader.isSealed(block)
        && JournalHeader.type(block) == JournalHeader.COMMIT
        && JournalHeader.tid(block) == tid
        && JournalHeader.count(block) == logBlocks;
  }

  /** Milliseconds since 1970 at the commit, for people who read a log; recovery ignores it. */
  public static long wallMillis(byte[] block) {
    return Bytes.getLong(block, WALL_MILLIS);
  }
}
