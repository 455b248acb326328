package dev.diolab.engine.format;

/**
 * Where things are on an image; all numbers are blocks.
 *
 * <pre>
 *  0            1                 inodeTableStart   groupsStart
 *  +------------+-----------------+-----------------+--------+------+--------+------+-- ... --+
 *  | superblock | journal         | inode table     | bitmap | data | bitmap | data |         |
 *  +------------+-----------------+-----------------+--------+------+--------+------+-- ... --+
 *                                                   |--- group 0 ---|--- group 1 ---|
 * </pre>
 *
 * <p>All groups have {@link #groupCapacity} blocks but the last one, which may be shorter. A rest
 * of one block at the end, too short for a group, is not used.
 *
 * @param blockSize bytes of a block, a power of two from 1024 to 4096
 * @param blocks blocks of the whole image
 * @param journalStart first block of the journal
 * @param journalBlocks blocks of the journal
 * @param inodeTableStart first block of the inode table
 * @param inodeTableBlocks blocks of the inode table
 * @param groupsStart first block of group 0
 * @param groupCount number of groups
 */
public record Geometry(
    int blockSize,
    long blocks,
    long journalStart,
    int journalBlocks,
    long inodeTableStart,
    int inodeTableBlocks,
    long groupsStart,
    int groupCount) {

  /** Smallest block in bytes. */
  public static final int MIN_BLOCK_SIZE = 1024;

  /** Largest block in bytes. */
  public static final int MAX_BLOCK_SIZE = 4096;

  /** Bytes of an inode record. */
  public static final int INODE_BYTES = 256;

  /** Physical block numbers have 48 bits. */
  private static final long MAX_BLOCKS = 1L << 48;

  /**
   * Checks that the areas follow each other without a gap and fill the image.
   *
   * @throws IllegalArgumentException naming the field, its value and the expected one
   */
  public Geometry {
    if (Integer.bitCount(blockSize) != 1
        || blockSize < MIN_BLOCK_SIZE
        || blockSize > MAX_BLOCK_SIZE) {
      throw new IllegalArgumentException(
          "blockSize="
              + blockSize
              + ", expected a power of two from "
              + MIN_BLOCK_SIZE
              + " to "
              + MAX_BLOCK_SIZE);
    }
    requirePositive("journalBlocks", journalBlocks);
    requirePositive("inodeTableBlocks", inodeTableBlocks);
    require("journalStart", 1, journalStart);
    require("inodeTableStart", journalStart + journalBlocks, inodeTableStart);
    require("groupsStart", inodeTableStart + inodeTableBlocks, groupsStart);
    if (blocks < groupsStart + 2 || blocks > MAX_BLOCKS) {
      throw new IllegalArgumentException(
          "blocks=" + blocks + ", expected " + (groupsStart + 2) + " to " + MAX_BLOCKS);
    }
    require("groupCount", groupsIn(blockSize, blocks - groupsStart), groupCount);
  }

  /**
   * The geometry of a device of {@code deviceBytes} bytes; bytes that fill no block are not used.
   *
   * @param journalBlocks blocks of the journal
   * @param inodes number of inodes, rounded up to whole blocks
   * @throws IllegalArgumentException when a value is out of range or the device is too small
   */
  public static Geometry of(int blockSize, long deviceBytes, int journalBlocks, int inodes) {
    requirePositive("inodes", inodes);
    requirePositive("blockSize", blockSize);
    int inodeTableBlocks =
        Math.toIntExact(((long) inodes * INODE_BYTES + blockSize - 1) / blockSize);
    long blocks = deviceBytes / blockSize;
    long inodeTableStart = 1L + journalBlocks;
    long groupsStart = inodeTableStart + inodeTableBlocks;
    if (blocks < groupsStart + 2) {
      throw new IllegalArgumentException(
          String.format(
              "device of %d bytes is too small: %d blocks of %d bytes, but superblock, journal and"
                  + " inode table take %d and a group at least 2",
              deviceBytes, blocks, blockSize, groupsStart));
    }
    return new Geometry(
        blockSize,
        blocks,
        1,
        journalBlocks,
        inodeTableStart,
        inodeTableBlocks,
        groupsStart,
        Math.toIntExact(groupsIn(blockSize, blocks - groupsStart)));
  }

  /** Blocks of every group but the last, bitmap block included. */
  public int groupCapacity() {
    return BitmapBlock.capacity(blockSize);
  }

  /** First block of a group: its bitmap block. */
  public long groupFirst(int group) {
    return groupsStart + (long) group * groupCapacity();
  }

  /** The bitmap block of a group. */
  public long bitmapBlock(int group) {
    return groupFirst(group);
  }

  /** Blocks of a group, bitmap block included. */
  public int groupBlocks(int group) {
    return (int) Math.min(groupCapacity(), blocks - groupFirst(group));
  }

  /** Whether {@code block} belongs to a group, as bitmap or data. */
  public boolean inGroups(long block) {
    return block >= groupsStart
        && block < blocks
        && (block - groupsStart) / groupCapacity() < groupCount;
  }

  /**
   * The group of {@code block}.
   *
   * @throws IllegalArgumentException when it belongs to none
   */
  public int groupOf(long block) {
    if (!inGroups(block)) {
      throw new IllegalArgumentException(
          "block " + block + " is in no group; groups cover " + groupsStart + " to " + blocks);
    }
    return (int) ((block - groupsStart) / groupCapacity());
  }

  /** Groups that {@code available} blocks give: a last one of a single block would hold nothing. */
  private static long groupsIn(int blockSize, long available) {
    int capacity = BitmapBlock.capacity(blockSize);
    return available / capacity + (available % capacity >= 2 ? 1 : 0);
  }

  private static void requirePositive(String field, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(field + "=" + value + ", expected at least 1");
    }
  }

  private static void require(String field, long expected, long value) {
    if (value != expected) {
      throw new IllegalArgumentException(field + "=" + value + ", expected " + expected);
    }
  }
}
