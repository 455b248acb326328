package dev.diolab.engine.format;

import java.util.zip.CRC32;

/**
 * Says where the copies that follow it in the log belong: one tag a copy, in the order of the
 * copies. The count in the header is the number of tags.
 *
 * <pre>
 *  0               24              40              56
 *  +---------------+---------------+---------------+------
 *  | JournalHeader | tag 0         | tag 1         | ...
 *  +---------------+---------------+---------------+------
 *
 *  tag:  0                 8        12       16
 *        +-----------------+--------+--------+
 *        | home block      | flags  | crc32  |
 *        +-----------------+--------+--------+
 * </pre>
 *
 * <p>The checksum of a tag covers the tid and the copy as it stands in the log, so that a copy left
 * by an older transaction at the same place does not pass. It is a CRC32 and not a CRC32C: most
 * copies end with their own CRC32C, and the same polynomial over such a copy gives the same value
 * whatever the copy holds.
 *
 * <p>Thread safety: static functions over the caller's array.
 */
public final class DescriptorBlock {
  /** Flag: the copy's first word was {@link JournalHeader#MAGIC} and is zero in the log. */
  public static final int ESCAPE = 1;

  private static final int TAG_SIZE = 16;
  private static final int TAG_HOME = 0;
  private static final int TAG_FLAGS = 8;
  private static final int TAG_CRC = 12;

  static {
    LayoutCheck.adjacent(TAG_HOME, 8, TAG_FLAGS, 4, TAG_CRC, 4, TAG_SIZE);
  }

  private DescriptorBlock() {}

  /** Number of tags that a block of {@code blockSize} bytes holds. */
  public static int capacity(int blockSize) {
    return (blockSize - JournalHeader.SIZE) / TAG_SIZE;
  }

  /** Whether {@code block} is a sealed descriptor of transaction {@code tid}. */
  public static boolean isValid(byte[] block, long tid) {
    int tags = JournalHeader.count(block);
    return JournalHeader.isSealed(block)
        && JournalHeader.type(block) == JournalHeader.DESCRIPTOR
        && JournalHeader.tid(block) == tid
        && tags >= 1
        && tags <= capacity(block.length);
  }

  /** Stores tag {@code index}. */
  public static void putTag(byte[] block, int index, long home, int flags, int crc) {
    int tag = tagOffset(index);
    Bytes.putLong(block, tag + TAG_HOME, home);
    Bytes.putInt(block, tag + TAG_FLAGS, flags);
    Bytes.putInt(block, tag + TAG_CRC, crc);
  }

  /** The block number where copy {@code index} belongs. */
  public static long home(byte[] block, int index) {
    return Bytes.getLong(block, tagOffset(index) + TAG_HOME);
  }

  /** Whether copy {@code index} is escaped. */
  public static boolean isEscaped(byte[] block, int index) {
    return (Bytes.getInt(block, tagOffset(index) + TAG_FLAGS) & ESCAPE) != 0;
  }

  /** The checksum of copy {@code index}, see {@link #copyChecksum}. */
  public static int copyCrc(byte[] block, int index) {
    return Bytes.getInt(block, tagOffset(index) + TAG_CRC);
  }

  /** CRC32 over {@code tid}, little-endian, and {@code copy} as it stands in the log. */
  public static int copyChecksum(long tid, byte[] copy) {
    CRC32 crc = new CRC32();
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      crc.update((int) (tid >>> shift) & 0xFF);
    }
    crc.update(copy, 0, copy.length);
    return (int) crc.getValue();
  }

  private static int tagOffset(int index) {
    return JournalHeader.SIZE + index * TAG_SIZE;
  }
}
