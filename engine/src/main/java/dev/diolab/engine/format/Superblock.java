package dev.diolab.engine.format;

/**
 * Block 0: what the image is and where its parts are. Uses the first 512 bytes of the block, which
 * a device writes all or not at all: it is read before the journal can repair anything, and before
 * the block size is known.
 *
 * <pre>
 *    0        8         12          16       24              28       32           36             40      508     512
 *    +--------+---------+-----------+--------+---------------+--------+------------+--------------+-------+-------+
 *    | magic  | version | blockSize | blocks | journalBlocks | inodes | orphanHead | unjournalled | 0 ... | crc   |
 *    +--------+---------+-----------+--------+---------------+--------+------------+--------------+-------+-------+
 *    u64      u32       u32         u64      u32             u32      u32          u32                    u32
 * </pre>
 *
 * <p>{@code orphanHead} is the number of the first inode on the orphan list, 0 when it is empty.
 * {@code unjournalled} is 1 from before the first change of a mount without a journal until its
 * unmount, otherwise 0. The checksum is CRC32C of the bytes before it.
 *
 * <p>The version counts for the whole image, the journal included. An image of another version is
 * refused, never converted:
 *
 * <ol>
 *   <li>copies in the log under a CRC32C, no field {@code unjournalled};
 *   <li>copies in the log under a CRC32, see {@link DescriptorBlock}.
 * </ol>
 */
public final class Superblock {
  /** Bytes that are used. */
  public static final int BYTES = 512;

  /** Seal of the superblock. */
  public static final BlockSeal SEAL = new Seal();

  private static final long MAGIC = 0x3130_4241_4C4F_4944L; // "DIOLAB01" in memory order
  private static final int VERSION = 2;

  /** Stands for the version while mkfs is at work. */
  private static final int UNFINISHED = 0;

  private static final int MAGIC_AT = 0;
  private static final int VERSION_AT = 8;
  private static final int BLOCK_SIZE_AT = 12;
  private static final int BLOCKS_AT = 16;
  private static final int JOURNAL_BLOCKS_AT = 24;
  private static final int INODES_AT = 28;
  private static final int ORPHAN_HEAD_AT = 32;
  private static final int UNJOURNALLED_AT = 36;
  private static final int UNUSED_AT = 40;
  private static final int CRC_AT = BYTES - Integer.BYTES;

  static {
    LayoutCheck.adjacent(
        MAGIC_AT,
        Long.BYTES,
        VERSION_AT,
        Integer.BYTES,
        BLOCK_SIZE_AT,
        Integer.BYTES,
        BLOCKS_AT,
        Long.BYTES,
        JOURNAL_BLOCKS_AT,
        Integer.BYTES,
        INODES_AT,
        Integer.BYTES,
        ORPHAN_HEAD_AT,
        Integer.BYTES,
        UNJOURNALLED_AT,
        Integer.BYTES,
        UNUSED_AT);
    LayoutCheck.withinFirstSector(BYTES);
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

  /** Makes the zeroed {@code block} the mark of an image that mkfs has not finished. */
  public static void initUnfinished(byte[] block) {
    Bytes.putLong(block, MAGIC_AT, MAGIC);
    Bytes.putInt(block, VERSION_AT, UNFINISHED);
  }

  /**
   * Whether {@code block} is an image of this project that mkfs began to make and did not finish.
   */
  public static boolean isUnfinished(byte[] block) {
    return isOurs(block) && Bytes.getInt(block, VERSION_AT) == UNFINISHED;
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

  /** Offset of the first unused byte that is not zero, -1 when all are. */
  public static int firstUnusedNotZero(byte[] block) {
    for (int at = UNUSED_AT; at < CRC_AT; at++) {
      if (block[at] != 0) {
        return at;
      }
    }
    return -1;
  }

  /**
   * Whether the last mount was one without a journal and did not end with an unmount.
   *
   * @throws CorruptImageException when the field is neither 0 nor 1
   */
  public static boolean isUnjournalled(byte[] block) throws CorruptImageException {
    int value = Bytes.getInt(block, UNJOURNALLED_AT);
    if (value != 0 && value != 1) {
      throw new CorruptImageException("superblock: unjournalled=" + value + ", expected 0 or 1");
    }
    return value == 1;
  }

  /** Sets whether a mount without a journal is at work. */
  public static void putUnjournalled(byte[] block, boolean unjournalled) {
    Bytes.putInt(block, UNJOURNALLED_AT, unjournalled ? 1 : 0);
  }

  private static final class Seal implements BlockSeal {
    @Override
    public void seal(byte[] block, long number) {
      Bytes.putInt(block, CRC_AT, BlockChecksum.of(block, CRC_AT, 0));
    }

    @Override
    public void verify(byte[] block, long number) throws CorruptImageException {
      if (!isOurs(block)) {
        throw new CorruptImageException(
            String.format(
                "superblock: magic %016x, expected %016x", Bytes.getLong(block, MAGIC_AT), MAGIC));
      }
      int version = Bytes.getInt(block, VERSION_AT);
      if (version == UNFINISHED) {
        throw new CorruptImageException("superblock: mkfs did not finish, format the image again");
      }
      if (version != VERSION) {
        throw new CorruptImageException(
            "superblock: version "
                + version
                + ", expected "
                + VERSION
                + ": use the release that made the image, or format it again");
      }
      BlockChecksum.verify("superblock", block, CRC_AT, 0);
    }
  }
}
