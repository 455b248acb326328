package dev.diolab.engine.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What every block that the journal writes for its own use begins with.
 *
 * <pre>
 *  0        4        8                 16       20       24
 *  +--------+--------+-----------------+--------+--------+----------------------------+
 *  | magic  | type   | tid             | crc32c | count  | body, zero to the end      |
 *  +--------+--------+-----------------+--------+--------+----------------------------+
 * </pre>
 *
 * <p>The checksum covers the whole block but its own field. It stands in the first 512 bytes, with
 * all fields of the superblock and of a commit record, so that a write torn between two sectors
 * leaves either the old or the new record, never a mixture of both.
 *
 * <p>Thread safety: static functions over the caller's array.
 */
public final class JournalHeader {
  /** First word of a journal block; a logged copy that begins with it is escaped. */
  public static final int MAGIC = 0x4A4C_4F44;

  /** A block of tags that say where the copies that follow it belong. */
  public static final int DESCRIPTOR = 1;

  /** The record that makes a transaction count. */
  public static final int COMMIT = 2;

  /** The block in front of the log that says where the log begins. */
  public static final int SUPERBLOCK = 3;

  /** A list of blocks that were freed: older copies of them must not be replayed. */
  public static final int REVOKE = 4;

  /** Bytes of the header; the body begins here. */
  public static final int SIZE = 24;

  private static final int TYPE = 4;
  private static final int TID = 8;
  private static final int CRC = 16;
  private static final int COUNT = 20;

  private static final ValueLayout.OfInt WORD =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  static {
    LayoutCheck.adjacent(0, 4, TYPE, 4, TID, 8, CRC, 4, COUNT, 4, SIZE);
  }

  private JournalHeader() {}

  /** Fills the header and the checksum of {@code block}, whose body is complete. */
  public static void seal(byte[] block, int type, long tid, int count) {
    Bytes.putInt(block, 0, MAGIC);
    Bytes.putInt(block, TYPE, type);
    Bytes.putLong(block, TID, tid);
    Bytes.putInt(block, COUNT, count);
    Bytes.putInt(block, CRC, checksum(block));
  }

  /** Whether {@code block} begins as a journal block does; it may be damaged. */
  public static boolean hasMagic(byte[] block) {
    return Bytes.getInt(block, 0) == MAGIC;
  }

  /** As {@link #hasMagic(byte[])}, for the block at {@code offset} of {@code buffer}. */
  public static boolean hasMagic(MemorySegment buffer, long offset) {
    return buffer.get(WORD, offset) == MAGIC;
  }

  /** Makes the block at {@code offset} of {@code buffer} begin as a journal block does. */
  public static void putMagic(MemorySegment buffer, long offset) {
    buffer.set(WORD, offset, MAGIC);
  }

  /** Whether {@code block} is a journal block of any type that is whole. */
  public static boolean isSealed(byte[] block) {
    return hasMagic(block) && Bytes.getInt(block, CRC) == checksum(block);
  }

  /** One of the types of this class, or anything in a block that is not sealed. */
  public static int type(byte[] block) {
    return Bytes.getInt(block, TYPE);
  }

  /** Id of the transaction that the block belongs to. */
  public static long tid(byte[] block) {
    return Bytes.getLong(block, TID);
  }

  /** Number of entries in the body; what an entry is depends on the type. */
  public static int count(byte[] block) {
    return Bytes.getInt(block, COUNT);
  }

  private static int checksum(byte[] block) {
    CRC32C crc = new CRC32C();
    crc.update(block, 0, CRC);
    crc.update(block, COUNT, block.length - COUNT);
    return (int) crc.getValue();
  }
}
