package dev.diolab.engine.format;

import java.util.zip.CRC32C;

/**
 * Block 0: what the image is and where its parts are. Uses the first 1024 bytes of the block, the smallest block size, so
 * that it can be read before the block size is known.
 *
 * <pre>
 *    0        8         12          16       24              28       32           36         40         1020    1024
 *    +--------+---------+-----------+--------+---------------+--------+------------+----------+----------+-------+
 *    | magic  | version | blockSize | blocks | journalBlocks | inodes | orphanHead | reserved | 0 ...    | crc   |
 *    +--------+---------+-----------+--------+---------------+--------+------------+----------+----------+-------+
 *    u64      u32       u32         u64      u32             u32      u32          u32                   u32
 * </pre>
 *
 * <p>{@code orphanHead} is the number of the first inode on the orphan list, 0 when it is empty. The checksum is CRC32C of
 * the bytes before it.
 */
public final class Superblock {
  /** Bytes that are used, and the smallest read that holds a superblock. */
  public static final int BYTES = 1024;

  /** Seal of the superblock. */
  public static final BlockSeal SEAL = new Seal();

  private static final long MAGIC = 0x3130_4241_4C4F_4944L; // "DIOLAB01" in memory order
  private static final int VERSION = 1;

  private static final int MAGIC_AT = 0;
  private static final int VERSION_AT = 8;
  private static final int BLOCK_SIZE_AT = 12;
  private static final int BLOCKS_AT = 16;
  private static final int JOURNAL_BLOCKS_AT = 24;
  private static final int INODES_AT = 28;
  private static final int ORPHAN_HEAD_AT = 32;
  private static final int RESERVED_AT = 36;
  private static final int CRC_AT = BYTES - Integer.BYTES;

  static {
    Layout.check(VERSION_AT == MAGIC_AT + Long.BYTES, "version follows magic");
    Layout.check(BLOCKS_AT % Long.BYTES == 0, "blocks is aligned");
    Layout.check(RESERVED_AT + Integer.BYTES <= CRC_AT, "fields end before the checksum");
  }

  private Superblock() {}

  /** Writes a superblock with an empty orphan list into the zeroed {@code block}. */
  public static void init(byte[] block, Geometry geometry, int inodes) {
    Bytes.putLong(block, MAGIC_AT, MAGIC);
    Bytes.putInt(block, VERSION_AT, VERSION);
    Bytes.putInt(block, BLOCK_SIZE_AT, geometry.blockSize());
    Bytes.putLong(block, BLOCKS_AT, geometry.blocks());
    Bytes.putInt(block, JOURNAL_BLOCKS_AT, geometry.journalBlocks());
    Bytes.putInt(block, INODES_AT, inodes);
  }

  /** Whether {@code block} starts as an image of this project, whatever its state otherwise. */
  public static boolean isOurs(byte[] block) {
    return Bytes.getLong(block, MAGIC_AT) == MAGIC;
  }

  /**
   * The geometry that a verified superblock tells.
   *
   * @throws CorruptImageException when the fields contradict each other
   */
  public static Geometry geometry(byte[] block) throws CorruptImageException {
    int blockSize = Bytes.getInt(block, BLOCK_SIZE_AT);
    long blocks = Bytes.getLong(block, BLOCKS_AT);
    try {
      return Geometry.of(
          blockSize,
          Math.multiplyExact(blocks, (long) blockSize),
          Bytes.getInt(block, JOURNAL_BLOCKS_AT),
          inodes(block));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new CorruptImageException("superblock: " + e.getMessage());
    }
  }

  /** Number of inodes. */
  public static int inodes(byte[] block) {
    return Bytes.getInt(block, INODES_AT);
  }

  /** First inode on the orphan list, 0 when empty. */
  public static int orphanHead(byte[] block) {
    return Bytes.getInt(block, ORPHAN_HEAD_AT);
  }

  /** Sets the first inode of the orphan list. */
  public static void putOrphanHead(byte[] block, int inode) {
    Bytes.putInt(block, ORPHAN_HEAD_AT, inode);
  }

  private static int crc(byte[] block) {
    CRC32C crc = new CRC32C();
    crc.update(block, 0, CRC_AT);
    return (int) crc.getValue();
  }

  private static final class Seal implements BlockSeal {
    @Override
    public void seal(byte[] block, long number) {
      Bytes.putInt(block, CRC_AT, crc(block));
    }

    @Override
    public void verify(byte[] block, long number) throws CorruptImageException {
      if (!isOurs(block)) {
        throw new CorruptImageException(
            String.format("superblock: magic %016x, expected %016x", Bytes.getLong(block, MAGIC_AT), MAGIC));
      }
      int version = Bytes.getInt(block, VERSION_AT);
      if (version != VERSION) {
        throw new CorruptImageException("superblock: version " + version + ", expected " + VERSION);
      }
      int expected = crc(block);
      int found = Bytes.getInt(block, CRC_AT);
      if (found != expected) {
        throw new CorruptImageException(
            String.format("superblock: crc32c %08x, expected %08x", found, expected));
      }
    }
  }
}
