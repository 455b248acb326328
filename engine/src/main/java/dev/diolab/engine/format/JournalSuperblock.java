package dev.diolab.engine.format;

import java.util.Arrays;

/**
 * The first block of the journal: where the log lies and where its oldest needed transaction
 * begins. The tid in the header is the id of that transaction; when no transaction of that id
 * stands at the tail the log is empty.
 *
 * <pre>
 *  0               24               32          36          40         44
 *  +---------------+----------------+-----------+-----------+----------+------
 *  | JournalHeader | first block    | log       | tail      | block    | zero
 *  |  tid = tail   | (this one)     | blocks    | position  | size     |
 *  +---------------+----------------+-----------+-----------+----------+------
 * </pre>
 *
 * <p>The log is the ring of the {@code log blocks} blocks after this one; the tail position counts
 * from 0 inside it.
 *
 * <p>Thread safety: static functions over the caller's array.
 */
public final class JournalSuperblock {
  private static final int FIRST_BLOCK = JournalHeader.SIZE;
  private static final int LOG_BLOCKS = 32;
  private static final int TAIL_POSITION = 36;
  private static final int BLOCK_SIZE = 40;
  private static final int END = 44;

  static {
    LayoutCheck.adjacent(FIRST_BLOCK, 8, LOG_BLOCKS, 4, TAIL_POSITION, 4, BLOCK_SIZE, 4, END);
    LayoutCheck.withinFirstSector(END);
  }

  private JournalSuperblock() {}

  /** Makes {@code block}, one block long, the superblock of a log of {@code logBlocks} blocks. */
  public static void fill(
      byte[] block, long firstBlock, int logBlocks, int tailPosition, long tailTid) {
    Arrays.fill(block, (byte) 0);
    Bytes.putLong(block, FIRST_BLOCK, firstBlock);
    Bytes.putInt(block, LOG_BLOCKS, logBlocks);
    Bytes.putInt(block, TAIL_POSITION, tailPosition);
    Bytes.putInt(block, BLOCK_SIZE, block.length);
    JournalHeader.seal(block, JournalHeader.SUPERBLOCK, tailTid, 0);
  }

  /**
   * Checks that {@code block} is the superblock of a log of {@code logBlocks} blocks.
   *
   * @throws CorruptImageException naming the field, the expected and the found value
   */
  public static void verify(byte[] block, long firstBlock, int logBlocks)
      throws CorruptImageException {
    String where = "journal superblock in block " + firstBlock;
    if (!JournalHeader.hasMagic(block)) {
      throw new CorruptImageException(
          String.format(
              "%s: magic is 0x%08x, not 0x%08x",
              where, Bytes.getInt(block, 0), JournalHeader.MAGIC));
    }
    if (!JournalHeader.isSealed(block)) {
      throw new CorruptImageException(where + ": checksum does not match");
    }
    requireEqual(where, "type", JournalHeader.SUPERBLOCK, JournalHeader.type(block));
    requireEqual(where, "block size", block.length, Bytes.getInt(block, BLOCK_SIZE));
    requireEqual(where, "first block", firstBlock, Bytes.getLong(block, FIRST_BLOCK));
    requireEqual(where, "log blocks", logBlocks, Bytes.getInt(block, LOG_BLOCKS));
    if (tailPosition(block) < 0 || tailPosition(block) >= logBlocks) {
      throw new CorruptImageException(
          where
              + ": tail position "
              + tailPosition(block)
              + " is outside of 0.."
              + (logBlocks - 1));
    }
    if (tailTid(block) < 1) {
      throw new CorruptImageException(where + ": tail tid " + tailTid(block) + " is below 1");
    }
  }

  /** Position in the ring, from 0, of the first block of the oldest transaction. */
  public static int tailPosition(byte[] block) {
    return Bytes.getInt(block, TAIL_POSITION);
  }

  /** Id of the oldest transaction that recovery must look at; at least 1. */
  public static long tailTid(byte[] block) {
    return JournalHeader.tid(block);
  }

  private static void requireEqual(String where, String field, long expected, long found)
      throws CorruptImageException {
    if (expected != found) {
      throw new CorruptImageException(
          where + ": " + field + " is " + found + ", expected " + expected);
    }
  }
}
