package dev.diolab.engine.format;

/**
 * Layout of one node of an extent tree, as ext4's: a header and sorted entries of 12 bytes.
 *
 * <pre>
 *  node   0        2         4     6       8            12        24
 *         +--------+---------+-----+-------+------------+---------+---------+-- ... --+----------+
 *         | magic  | entries | max | depth | generation | entry 0 | entry 1 |         | checksum |
 *         +--------+---------+-----+-------+------------+---------+---------+-- ... --+----------+
 *  leaf   0         4        6        8         12          checksum: the last 4 bytes of a block;
 *  entry  +---------+--------+--------+----------+          the root has none, it lies in an inode
 *         | logical | length | physHi | physLo   |          record that is sealed as a whole
 *         +---------+--------+--------+----------+
 *  index  0         4         8        10        12
 *  entry  +---------+---------+--------+---------+
 *         | logical | childLo | childHi|  pad    |
 *         +---------+---------+--------+---------+
 * </pre>
 *
 * <p>A leaf has depth 0. {@code length} 1 to 32768 is a written extent of that many blocks, above
 * that an unwritten one of {@code length - 32768}. The logical block of an index entry is exactly
 * the first one below it. {@code generation} is reserved and 0.
 *
 * <p>All methods take the array and the byte offset of the node in it: 0 for a node that fills a
 * block, the place in the inode record for a root. Entry numbers are not checked.
 */
public final class ExtentNode {
  /** Longest written extent in blocks (EXT_INIT_MAX_LEN). */
  public static final int MAX_WRITTEN_BLOCKS = 32768;

  /** Longest unwritten extent in blocks (EXT_UNWRITTEN_MAX_LEN). */
  public static final int MAX_UNWRITTEN_BLOCKS = 32767;

  /** Greatest depth of a root (EXT4_MAX_EXTENT_DEPTH). */
  public static final int MAX_DEPTH = 5;

  /** Number of logical blocks that a file can have. */
  public static final long MAX_LOGICAL_BLOCKS = 1L << 32;

  /** Entries of a root. */
  public static final int ROOT_ENTRIES = 4;

  private static final int MAGIC = 0xD10E;
  private static final int MAGIC_OFFSET = 0;
  private static final int ENTRIES_OFFSET = 2;
  private static final int MAX_OFFSET = 4;
  private static final int DEPTH_OFFSET = 6;
  private static final int GENERATION_OFFSET = 8;
  private static final int HEADER_BYTES = 12;

  private static final int LOGICAL_OFFSET = 0;
  private static final int LENGTH_OFFSET = 4;
  private static final int PHYSICAL_HIGH_OFFSET = 6;
  private static final int PHYSICAL_LOW_OFFSET = 8;
  private static final int CHILD_LOW_OFFSET = 4;
  private static final int CHILD_HIGH_OFFSET = 8;
  private static final int PAD_OFFSET = 10;
  private static final int ENTRY_BYTES = 12;

  private static final int CHECKSUM_BYTES = 4;

  /** Bytes of a root inside its inode record. */
  public static final int ROOT_BYTES = HEADER_BYTES + ROOT_ENTRIES * ENTRY_BYTES;

  /** Checksum rule of a node that fills a block. */
  public static final BlockSeal SEAL = new NodeSeal();

  static {
    LayoutCheck.adjacent(
        MAGIC_OFFSET,
        2,
        ENTRIES_OFFSET,
        2,
        MAX_OFFSET,
        2,
        DEPTH_OFFSET,
        2,
        GENERATION_OFFSET,
        4,
        HEADER_BYTES);
    LayoutCheck.adjacent(
        LOGICAL_OFFSET,
        4,
        LENGTH_OFFSET,
        2,
        PHYSICAL_HIGH_OFFSET,
        2,
        PHYSICAL_LOW_OFFSET,
        4,
        ENTRY_BYTES);
    LayoutCheck.adjacent(
        LOGICAL_OFFSET, 4, CHILD_LOW_OFFSET, 4, CHILD_HIGH_OFFSET, 2, PAD_OFFSET, 2, ENTRY_BYTES);
  }

  private ExtentNode() {}

  /** Entries of a node that fills a block of {@code blockSize} bytes. */
  public static int maxEntries(int blockSize) {
    return (blockSize - HEADER_BYTES - CHECKSUM_BYTES) / ENTRY_BYTES;
  }

  /** Makes an empty node. */
  public static void init(byte[] block, int node, int maxEntries, int depth) {
    Bytes.putU16(block, node + MAGIC_OFFSET, MAGIC);
    Bytes.putU16(block, node + ENTRIES_OFFSET, 0);
    Bytes.putU16(block, node + MAX_OFFSET, maxEntries);
    Bytes.putU16(block, node + DEPTH_OFFSET, depth);
    Bytes.putInt(block, node + GENERATION_OFFSET, 0);
  }

  /**
   * Whether the {@link #ROOT_BYTES} at {@code node} were never made a node: all of them are zero.
   */
  public static boolean isBlank(byte[] block, int node) {
    for (int at = node; at < node + ROOT_BYTES; at += Integer.BYTES) {
      if (Bytes.getInt(block, at) != 0) {
        return false;
      }
    }
    return true;
  }

  /** Number of entries in use. */
  public static int entries(byte[] block, int node) {
    return Bytes.getU16(block, node + ENTRIES_OFFSET);
  }

  /** Number of entries that fit. */
  public static int max(byte[] block, int node) {
    return Bytes.getU16(block, node + MAX_OFFSET);
  }

  /** Levels below this node: 0 for a leaf. */
  public static int depth(byte[] block, int node) {
    return Bytes.getU16(block, node + DEPTH_OFFSET);
  }

  /** Sets the levels below this node. */
  public static void putDepth(byte[] block, int node, int depth) {
    Bytes.putU16(block, node + DEPTH_OFFSET, depth);
  }

  /** First logical block of a leaf or index entry. */
  public static long logical(byte[] block, int node, int entry) {
    return Bytes.getU32(block, at(node, entry) + LOGICAL_OFFSET);
  }

  /** Sets the first logical block of an entry and leaves the rest of it. */
  public static void putLogical(byte[] block, int node, int entry, long logical) {
    Bytes.putInt(block, at(node, entry) + LOGICAL_OFFSET, (int) logical);
  }

  /** Blocks of a leaf entry, whatever its state. */
  public static int length(byte[] block, int node, int entry) {
    int stored = storedLength(block, node, entry);
    return stored <= MAX_WRITTEN_BLOCKS ? stored : stored - MAX_WRITTEN_BLOCKS;
  }

  /** Whether a leaf entry is unwritten. */
  public static boolean isUnwritten(byte[] block, int node, int entry) {
    return storedLength(block, node, entry) > MAX_WRITTEN_BLOCKS;
  }

  /** First block on the image of a leaf entry. */
  public static long physical(byte[] block, int node, int entry) {
    int at = at(node, entry);
    return (long) Bytes.getU16(block, at + PHYSICAL_HIGH_OFFSET) << 32
        | Bytes.getU32(block, at + PHYSICAL_LOW_OFFSET);
  }

  /** Block number of the child of an index entry. */
  public static long child(byte[] block, int node, int entry) {
    int at = at(node, entry);
    return (long) Bytes.getU16(block, at + CHILD_HIGH_OFFSET) << 32
        | Bytes.getU32(block, at + CHILD_LOW_OFFSET);
  }

  /** Stores a leaf entry. */
  public static void putExtent(
      byte[] block,
      int node,
      int entry,
      long logical,
      long physical,
      int length,
      boolean unwritten) {
    int at = at(node, entry);
    Bytes.putInt(block, at + LOGICAL_OFFSET, (int) logical);
    Bytes.putU16(block, at + LENGTH_OFFSET, unwritten ? length + MAX_WRITTEN_BLOCKS : length);
    Bytes.putU16(block, at + PHYSICAL_HIGH_OFFSET, (int) (physical >>> 32));
    Bytes.putInt(block, at + PHYSICAL_LOW_OFFSET, (int) physical);
  }

  /** Stores an index entry. */
  public static void putIndex(byte[] block, int node, int entry, long logical, long child) {
    int at = at(node, entry);
    Bytes.putInt(block, at + LOGICAL_OFFSET, (int) logical);
    Bytes.putInt(block, at + CHILD_LOW_OFFSET, (int) child);
    Bytes.putU16(block, at + CHILD_HIGH_OFFSET, (int) (child >>> 32));
    Bytes.putU16(block, at + PAD_OFFSET, 0);
  }

  /** The last entry that begins at or before {@code logical}, -1 when all begin after it. */
  public static int search(byte[] block, int node, long logical) {
    int low = 0;
    int high = entries(block, node) - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      if (logical(block, node, middle) <= logical) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }

  /**
   * Makes room for {@code count} entries in place of those from {@code from} up to, not including,
   * {@code to}: the entries after them move, the number of entries in use follows. The caller
   * stores the new ones.
   *
   * @throws AssertionError when they do not fit
   */
  public static void replace(byte[] block, int node, int from, int to, int count) {
    int entries = entries(block, node);
    int after = entries + count - (to - from);
    if (from > to || to > entries || after > max(block, node)) {
      throw new AssertionError(
          String.format(
              "extent node: entries [%d, %d) of %d (max %d) replaced by %d",
              from, to, entries, max(block, node), count));
    }
    System.arraycopy(
        block, at(node, to), block, at(node, from + count), (entries - to) * ENTRY_BYTES);
    Bytes.putU16(block, node + ENTRIES_OFFSET, after);
  }

  /**
   * Appends the entries of a node from {@code from} on to another node and leaves the source as it
   * is.
   *
   * @throws AssertionError when they do not fit
   */
  public static void copyTail(
      byte[] source, int sourceNode, int from, byte[] target, int targetNode) {
    int count = entries(source, sourceNode) - from;
    int first = entries(target, targetNode);
    replace(target, targetNode, first, first, count);
    System.arraycopy(
        source, at(sourceNode, from), target, at(targetNode, first), count * ENTRY_BYTES);
  }

  /**
   * Checks the header and the entries of the root at {@code node}, whose inode record was verified.
   *
   * @throws CorruptImageException naming the field, the expected and the found value
   */
  public static void verifyRoot(byte[] block, int node, long number) throws CorruptImageException {
    verifyNode(block, node, ROOT_ENTRIES, number);
    if (depth(block, node) > 0 && entries(block, node) == 0) {
      throw corrupt(number, "root of depth " + depth(block, node) + " has no entry");
    }
  }

  private static int at(int node, int entry) {
    return node + HEADER_BYTES + entry * ENTRY_BYTES;
  }

  private static int storedLength(byte[] block, int node, int entry) {
    return Bytes.getU16(block, at(node, entry) + LENGTH_OFFSET);
  }

  private static void verifyNode(byte[] block, int node, int maxEntries, long number)
      throws CorruptImageException {
    check(number, "magic", MAGIC, Bytes.getU16(block, node + MAGIC_OFFSET));
    check(number, "max", maxEntries, max(block, node));
    if (entries(block, node) > maxEntries) {
      throw corrupt(number, "entries is " + entries(block, node) + ", at most " + maxEntries);
    }
    if (depth(block, node) > MAX_DEPTH) {
      throw corrupt(number, "depth is " + depth(block, node) + ", at most " + MAX_DEPTH);
    }
    verifyEntries(block, node, number);
  }

  /** Sorted and disjoint: what the binary search and the inserts rely on. */
  private static void verifyEntries(byte[] block, int node, long number)
      throws CorruptImageException {
    boolean leaf = depth(block, node) == 0;
    long free = 0;
    for (int entry = 0; entry < entries(block, node); entry++) {
      long logical = logical(block, node, entry);
      if (logical < free) {
        throw corrupt(
            number, "entry " + entry + " begins at " + logical + ", expected " + free + " or more");
      }
      if (leaf && length(block, node, entry) == 0) {
        throw corrupt(number, "entry " + entry + " has length 0");
      }
      free = logical + (leaf ? length(block, node, entry) : 1);
    }
    if (free > MAX_LOGICAL_BLOCKS) {
      throw corrupt(number, "last entry ends at " + free + ", at most " + MAX_LOGICAL_BLOCKS);
    }
  }

  private static void check(long number, String field, int expected, int found)
      throws CorruptImageException {
    if (found != expected) {
      throw corrupt(number, String.format("%s is %#x, expected %#x", field, found, expected));
    }
  }

  private static CorruptImageException corrupt(long number, String what) {
    return new CorruptImageException("extent node in block " + number + ": " + what);
  }

  private static final class NodeSeal implements BlockSeal {
    @Override
    public void seal(byte[] block, long number) {
      int offset = block.length - CHECKSUM_BYTES;
      Bytes.putInt(block, offset, BlockChecksum.of(block, offset, number));
    }

    @Override
    public void verify(byte[] block, long number) throws CorruptImageException {
      check(number, "magic", MAGIC, Bytes.getU16(block, MAGIC_OFFSET));
      BlockChecksum.verify("extent node", block, block.length - CHECKSUM_BYTES, number);
      verifyNode(block, 0, maxEntries(block.length), number);
      if (entries(block, 0) == 0) {
        throw corrupt(number, "entries is 0, expected at least 1 outside the root");
      }
    }
  }
}
