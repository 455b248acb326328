package dev.diolab.engine.format;

/**
 * A list of blocks that a transaction freed; the count in the header is its length.
 *
 * <pre>
 *  0               24               32               40
 *  +---------------+----------------+----------------+------
 *  | JournalHeader | block number 0 | block number 1 | ...
 *  +---------------+----------------+----------------+------
 * </pre>
 *
 * <p>A revoke of transaction R keeps recovery from replaying copies of that block from transactions
 * up to and including R: what is allocated there after R may be file data, which is not in the log.
 *
 * <p>Thread safety: static functions over the caller's array.
 */
public final class RevokeBlock {
  private static final int ENTRY_SIZE = Long.BYTES;

  static {
    LayoutCheck.adjacent(JournalHeader.SIZE, ENTRY_SIZE, JournalHeader.SIZE + ENTRY_SIZE);
  }

  private RevokeBlock() {}

  /** Number of block numbers that a block of {@code blockSize} bytes holds. */
  public static int capacity(int blockSize) {
    return (blockSize - JournalHeader.SIZE) / ENTRY_SIZE;
  }

  /** Whether {@code block} is a sealed revoke block of transaction {@code tid}. */
  public static boolean isValid(byte[] block, long tid) {
    int entries = JournalHeader.count(block);
    return JournalHeader.isSealed(block)
        && JournalHeader.type(block) == JournalHeader.REVOKE
        && JournalHeader.tid(block) == tid
        && entries >= 1
        && entries <= capacity(block.length);
  }

  /** Stores entry {@code index}. */
  public static void put(byte[] block, int index, long revoked) {
    Bytes.putLong(block, JournalHeader.SIZE + index * ENTRY_SIZE, revoked);
  }

  /** The block number in entry {@code index}. */
  public static long get(byte[] block, int index) {
    return Bytes.getLong(block, JournalHeader.SIZE + index * ENTRY_SIZE);
  }
}
