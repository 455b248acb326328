package dev.diolab.engine.format;

/**
 * Layout of the bitmap block that begins each block group: one bit a block of the group, set when
 * the block is in use or does not exist.
 *
 * <pre>
 *  0                                   size-16  size-12  size-8        size-4
 *  +------------------------------------+--------+--------+-------------+----------+
 *  | bits, bit 0 of byte 0 first        | magic  | group  | free blocks | checksum |
 *  +------------------------------------+--------+--------+-------------+----------+
 * </pre>
 *
 * <p>Bit 0 is the bitmap block itself and always set. So no run of free blocks, and no extent,
 * crosses a group. The free count is filled in when a copy is sealed; only {@link BlockSeal#verify}
 * reads it.
 */
public final class BitmapBlock {
  /** Checksum rule of a bitmap block. */
  public static final BlockSeal SEAL = new BitmapSeal();

  private static final int MAGIC = 0xD10B_17A9;
  private static final int TAIL_BYTES = 16;

  /** Offsets of the tail's fields, counted back from the end of the block. */
  private static final int MAGIC_FROM_END = 16;

  private static final int GROUP_FROM_END = 12;
  private static final int FREE_FROM_END = 8;
  private static final int CHECKSUM_FROM_END = 4;

  static {
    LayoutCheck.adjacent(
        TAIL_BYTES - MAGIC_FROM_END,
        4,
        TAIL_BYTES - GROUP_FROM_END,
        4,
        TAIL_BYTES - FREE_FROM_END,
        4,
        TAIL_BYTES - CHECKSUM_FROM_END,
        4,
        TAIL_BYTES);
  }

  private BitmapBlock() {}

  /** Blocks that one bitmap block of {@code blockSize} bytes can cover, itself included. */
  public static int capacity(int blockSize) {
    return (blockSize - TAIL_BYTES) * Byte.SIZE;
  }

  /**
   * Makes the bitmap of a group of {@code blocks} blocks, all free but the bitmap block itself.
   *
   * @throws IllegalArgumentException when {@code blocks} is not between 2 and the capacity
   */
  public static void init(byte[] block, int group, int blocks) {
    int capacity = capacity(block.length);
    if (blocks < 2 || blocks > capacity) {
      throw new IllegalArgumentException(
          "group " + group + " of " + blocks + " blocks, expected 2 to " + capacity);
    }
    Bytes.putInt(block, block.length - MAGIC_FROM_END, MAGIC);
    Bytes.putInt(block, block.length - GROUP_FROM_END, group);
    fill(block, 0, capacity, false);
    fill(block, 0, 1, true);
    fill(block, blocks, capacity, true);
  }

  /** The group that this bitmap belongs to. */
  public static int group(byte[] block) {
    return Bytes.getInt(block, block.length - GROUP_FROM_END);
  }

  /** 64 bits, the block of bit {@code 64 * word} in the lowest one. */
  public static long word(byte[] block, int word) {
    return Bytes.getLong(block, word * Long.BYTES);
  }

  /** Whether the bit of a block is set. */
  public static boolean isSet(byte[] block, int bit) {
    return (word(block, bit >> 6) >>> bit & 1) != 0;
  }

  /** Sets or clears the bits from {@code from} up to, not including, {@code to}. */
  public static void fill(byte[] block, int from, int to, boolean set) {
    for (int bit = from; bit < to; ) {
      int word = bit >> 6;
      int next = Math.min(to, (word + 1) << 6);
      long mask = mask(bit, next);
      long old = word(block, word);
      Bytes.putLong(block, word * Long.BYTES, set ? old | mask : old & ~mask);
      bit = next;
    }
  }

  /** The first clear bit from {@code from} on, {@code limit} when there is none before it. */
  public static int nextClear(byte[] block, int from, int limit) {
    for (int bit = from; bit < limit; bit = (bit | Long.SIZE - 1) + 1) {
      long clear = ~word(block, bit >> 6) & (-1L << bit);
      if (clear != 0) {
        return Math.min(limit, (bit & -Long.SIZE) + Long.numberOfTrailingZeros(clear));
      }
    }
    return limit;
  }

  /** Number of clear bits. */
  public static int countFree(byte[] block) {
    int words = capacity(block.length) / Long.SIZE;
    int free = 0;
    for (int word = 0; word < words; word++) {
      free += Long.bitCount(~word(block, word));
    }
    return free;
  }

  /** Ones at the places of the bits from {@code from} to {@code to - 1}, which lie in one word. */
  public static long mask(int from, int to) {
    return -1L >>> (Long.SIZE - (to - from)) << from;
  }

  private static final class BitmapSeal implements BlockSeal {
    @Override
    public void seal(byte[] block, long number) {
      Bytes.putInt(block, block.length - FREE_FROM_END, countFree(block));
      int checksum = block.length - CHECKSUM_FROM_END;
      Bytes.putInt(block, checksum, BlockChecksum.of(block, checksum, number));
    }

    @Override
    public void verify(byte[] block, long number) throws CorruptImageException {
      check(number, "magic", MAGIC, Bytes.getInt(block, block.length - MAGIC_FROM_END));
      BlockChecksum.verify("bitmap", block, block.length - CHECKSUM_FROM_END, number);
      check(
          number,
          "free count",
          countFree(block),
          Bytes.getInt(block, block.length - FREE_FROM_END));
      check(number, "bit of the bitmap block", 1, isSet(block, 0) ? 1 : 0);
    }

    private static void check(long number, String field, int expected, int found)
        throws CorruptImageException {
      if (found != expected) {
        throw new CorruptImageException(
            String.format(
                "bitmap in block %d: %s is %#x, expected %#x", number, field, found, expected));
      }
    }
  }
}
