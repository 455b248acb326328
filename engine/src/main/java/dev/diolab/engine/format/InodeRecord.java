package dev.diolab.engine.format;

import java.util.zip.CRC32C;

/**
 * An inode on the image: {@value #BYTES} bytes, a whole number of them in a block.
 *
 * <pre>
 *    0       4       8        16           20           24                   84        252   256
 *    +-------+-------+--------+------------+------------+--------------------+---------+-----+
 *    | magic | state | size   | generation | orphanNext | extent tree root   | 0 ...   | crc |
 *    +-------+-------+--------+------------+------------+--------------------+---------+-----+
 *    u32     u32     u64      u32          u32          60 bytes                       u32
 * </pre>
 *
 * <p>{@code size} is i_disksize in bytes. {@code orphanNext} is the next inode on the orphan list,
 * 0 at its end. The checksum is CRC32C of the bytes before it and of the record's place, so that a
 * record in a wrong place is found.
 */
public final class InodeRecord {
  /** Bytes of a record. */
  public static final int BYTES = Geometry.INODE_BYTES;

  /** Offset of the extent tree's root within a record. */
  public static final int ROOT_AT = 24;

  /** Bytes of the extent tree's root: header and 4 entries. */
  public static final int ROOT_BYTES = 60;

  /** Seal of a block of the inode table. */
  public static final BlockSeal SEAL = new Seal();

  /** What a device writes as a whole or not at all, in bytes; no record lies in two of them. */
  private static final int SECTOR_BYTES = 512;

  private static final int MAGIC = 0x444F_4E49; // "INOD" in memory order
  private static final int FREE = 0;
  private static final int IN_USE = 1;
  private static final int UNLINKED = 2;

  private static final int MAGIC_AT = 0;
  private static final int STATE_AT = 4;
  private static final int SIZE_AT = 8;
  private static final int GENERATION_AT = 16;
  private static final int ORPHAN_NEXT_AT = 20;
  private static final int CRC_AT = BYTES - Integer.BYTES;

  static {
    LayoutCheck.adjacent(
        MAGIC_AT,
        Integer.BYTES,
        STATE_AT,
        Integer.BYTES,
        SIZE_AT,
        Long.BYTES,
        GENERATION_AT,
        Integer.BYTES,
        ORPHAN_NEXT_AT,
        Integer.BYTES,
        ROOT_AT);
    if (ROOT_AT + ROOT_BYTES > CRC_AT || Geometry.MIN_BLOCK_SIZE % BYTES != 0) {
      throw new AssertionError("inode records do not fit their fields or fill a block");
    }
    if (SECTOR_BYTES % BYTES != 0) {
      throw new AssertionError("a crash may tear an inode record that is written in place");
    }
  }

  private InodeRecord() {}

  /** Makes all records of the zeroed inode-table block {@code block} free. */
  public static void initBlock(byte[] block) {
    for (int at = 0; at < block.length; at += BYTES) {
      Bytes.putInt(block, at + MAGIC_AT, MAGIC);
    }
  }

  /**
   * Makes the record at {@code at} an inode in use, of size 0; its extent tree root is not touched.
   */
  public static void create(byte[] block, int at) {
    Bytes.putInt(block, at + STATE_AT, IN_USE);
    Bytes.putLong(block, at + SIZE_AT, 0);
    Bytes.putInt(block, at + GENERATION_AT, Bytes.getInt(block, at + GENERATION_AT) + 1);
    Bytes.putInt(block, at + ORPHAN_NEXT_AT, 0);
  }

  /** Makes the record at {@code at} free. */
  public static void free(byte[] block, int at) {
    Bytes.putInt(block, at + STATE_AT, FREE);
  }

  /** Makes the record at {@code at} an inode whose blocks are being freed for good. */
  public static void unlink(byte[] block, int at) {
    Bytes.putInt(block, at + STATE_AT, UNLINKED);
  }

  /** Whether the record at {@code at} is an inode whose blocks are being freed for good. */
  public static boolean isUnlinked(byte[] block, int at) {
    return Bytes.getInt(block, at + STATE_AT) == UNLINKED;
  }

  /** Whether the record at {@code at} is not free. */
  public static boolean inUse(byte[] block, int at) {
    return Bytes.getInt(block, at + STATE_AT) != FREE;
  }

  /** i_disksize in bytes of the record at {@code at}. */
  public static long size(byte[] block, int at) {
    return Bytes.getLong(block, at + SIZE_AT);
  }

  /** The largest i_disksize in bytes of a file in blocks of {@code blockSize}. */
  public static long largestSize(int blockSize) {
    return ExtentNode.MAX_LOGICAL_BLOCKS * blockSize;
  }

  /**
   * Checks i_disksize of the record at {@code at} of {@code block}, one block long.
   *
   * @throws CorruptImageException when no file can have it
   */
  public static void requireSize(byte[] block, int at) throws CorruptImageException {
    long largest = largestSize(block.length);
    long size = size(block, at);
    if (size < 0 || size > largest) {
      throw new CorruptImageException("size is " + size + ", expected 0 to " + largest);
    }
  }

  /** Sets i_disksize in bytes of the record at {@code at}. */
  public static void putSize(byte[] block, int at, long size) {
    Bytes.putLong(block, at + SIZE_AT, size);
  }

  /** Next inode on the orphan list after the record at {@code at}, 0 at the end. */
  public static int orphanNext(byte[] block, int at) {
    return Bytes.getInt(block, at + ORPHAN_NEXT_AT);
  }

  /** Sets the next inode on the orphan list. */
  public static void putOrphanNext(byte[] block, int at, int inode) {
    Bytes.putInt(block, at + ORPHAN_NEXT_AT, inode);
  }

  private static int crc(byte[] block, int at, long number) {
    CRC32C crc = new CRC32C();
    crc.update(block, at, CRC_AT);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      crc.update((int) ((number * block.length + at) >>> shift) & 0xFF);
    }
    return (int) crc.getValue();
  }

  private static final class Seal implements BlockSeal {
    @Override
    public void seal(byte[] block, long number) {
      for (int at = 0; at < block.length; at += BYTES) {
        Bytes.putInt(block, at + CRC_AT, crc(block, at, number));
      }
    }

    @Override
    public void verify(byte[] block, long number) throws CorruptImageException {
      for (int at = 0; at < block.length; at += BYTES) {
        verifyRecord(block, at, number);
      }
    }

    private static void verifyRecord(byte[] block, int at, long number)
        throws CorruptImageException {
      int magic = Bytes.getInt(block, at + MAGIC_AT);
      if (magic != MAGIC) {
        throw new CorruptImageException(
            String.format(
                "inode record at block %d + %d: magic %08x, expected %08x",
                number, at, magic, MAGIC));
      }
      int expected = crc(block, at, number);
      int found = Bytes.getInt(block, at + CRC_AT);
      if (found != expected) {
        throw new CorruptImageException(
            String.format(
                "inode record at block %d + %d: crc32c %08x, expected %08x",
                number, at, found, expected));
      }
      int state = Bytes.getInt(block, at + STATE_AT);
      if (state < FREE || state > UNLINKED) {
        throw new CorruptImageException(
            "inode record at block "
                + number
                + " + "
                + at
                + ": state "
                + state
                + ", expected 0 to 2");
      }
    }
  }
}
