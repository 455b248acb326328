package dev.diolab.engine.extent;

import dev.diolab.engine.format.ExtentNode;

/**
 * A few neighbouring extents in logical order, joined wherever the format allows it. An edit of a
 * leaf gathers the extents around the change here, and stores the result in their place: that is
 * what keeps a file whose unwritten extent is written in small pieces from ending up with one
 * extent a piece.
 *
 * <p>Thread safety: none; scratch of one tree. [i_data_sem exclusive]
 */
final class ExtentPieces {
  /** Both neighbours, and an extent that a conversion cuts in three. */
  private static final int CAPACITY = 5;

  private final long[] logical = new long[CAPACITY];
  private final long[] physical = new long[CAPACITY];
  private final int[] length = new int[CAPACITY];
  private final boolean[] unwritten = new boolean[CAPACITY];
  private int count;

  /** The entries of the leaf that the extents replace: from {@link #from} up to, not including. */
  private int from;

  private int to;

  /** Gathers a new run, which begins in the hole after the entry of {@code path}. */
  void gatherInsert(ExtentPath path, long first, BlockRun run, boolean isUnwritten) {
    int entry = path.leafEntry();
    begin(entry + 1, entry + 1);
    addNeighbour(path, entry);
    add(first, run.start(), run.count(), isUnwritten);
    addNeighbour(path, entry + 1);
  }

  /**
   * Gathers the extent of {@code path}, of which {@code blocks} from {@code first} on change to the
   * other state: written when {@code isUnwritten} is false.
   */
  void gatherConversion(ExtentPath path, long first, int blocks, boolean isUnwritten) {
    int entry = path.leafEntry();
    long start = path.logical(entry);
    long at = path.physical(entry);
    int before = (int) (first - start);
    int after = path.length(entry) - before - blocks;
    begin(entry, entry + 1);
    addNeighbour(path, entry - 1);
    add(start, at, before, !isUnwritten);
    add(first, at + before, blocks, isUnwritten);
    add(first + blocks, at + before + blocks, after, !isUnwritten);
    addNeighbour(path, entry + 1);
  }

  /** Gathers what stays of the extent of {@code path} without {@code blocks} from {@code first}. */
  void gatherPunch(ExtentPath path, long first, int blocks) {
    int entry = path.leafEntry();
    long start = path.logical(entry);
    long at = path.physical(entry);
    boolean isUnwritten = path.isUnwritten(entry);
    int before = (int) (first - start);
    int after = path.length(entry) - before - blocks;
    begin(entry, entry + 1);
    if (before > 0) {
      addNeighbour(path, entry - 1);
    }
    add(start, at, before, isUnwritten);
    add(first + blocks, at + before + blocks, after, isUnwritten);
    if (after > 0) {
      addNeighbour(path, entry + 1);
    }
  }

  /**
   * Gathers what stays of the last extent, the one of {@code path}: its first {@code keep} blocks.
   */
  void gatherTruncation(ExtentPath path, int keep) {
    int entry = path.leafEntry();
    begin(entry, entry + 1);
    add(path.logical(entry), path.physical(entry), keep, path.isUnwritten(entry));
  }

  /** Number of extents after joining. */
  int count() {
    return count;
  }

  /** First entry of the leaf that is replaced. */
  int from() {
    return from;
  }

  /** The entry after the last one that is replaced. */
  int to() {
    return to;
  }

  /** Entries that the leaf gains; negative when it loses some. */
  int added() {
    return count - (to - from);
  }

  private void begin(int firstReplaced, int end) {
    from = firstReplaced;
    to = end;
    count = 0;
  }

  private void addNeighbour(ExtentPath path, int entry) {
    if (entry < 0 || entry >= path.count(path.depth())) {
      return;
    }
    from = Math.min(from, entry);
    to = Math.max(to, entry + 1);
    add(path.logical(entry), path.physical(entry), path.length(entry), path.isUnwritten(entry));
  }

  /** Appends an extent, or lengthens the last one by it; nothing when {@code blocks} is 0. */
  private void add(long first, long at, int blocks, boolean isUnwritten) {
    int last = count - 1;
    if (blocks == 0) {
      return;
    }
    if (last >= 0
        && unwritten[last] == isUnwritten
        && joinable(logical[last], physical[last], length[last], first, at, blocks, isUnwritten)) {
      length[last] += blocks;
      return;
    }
    logical[count] = first;
    physical[count] = at;
    length[count] = blocks;
    unwritten[count] = isUnwritten;
    count++;
  }

  /** Stores the extents in the leaf of {@code path}, which has room for them. */
  void store(ExtentPath path) {
    ExtentNode.replace(path.leaf(), path.leafNode(), from, to, count);
    for (int i = 0; i < count; i++) {
      ExtentNode.putExtent(
          path.leaf(), path.leafNode(), from + i, logical[i], physical[i], length[i], unwritten[i]);
    }
  }

  /** Whether the extent of {@code left} and the first one of the leaf {@code right} can be one. */
  static boolean joinable(ExtentPath left, ExtentPath right) {
    int entry = left.leafEntry();
    return left.isUnwritten(entry) == right.isUnwritten(0)
        && joinable(
            left.logical(entry),
            left.physical(entry),
            left.length(entry),
            right.logical(0),
            right.physical(0),
            right.length(0),
            right.isUnwritten(0));
  }

  /** As ext4: contiguous in the file and on the image, and together not too long for the state. */
  private static boolean joinable(
      long logical,
      long physical,
      int length,
      long nextLogical,
      long nextPhysical,
      int nextLength,
      boolean unwritten) {
    return logical + length == nextLogical
        && physical + length == nextPhysical
        && length + nextLength <= maxBlocks(unwritten);
  }

  /** Longest extent of a state, in blocks. */
  static int maxBlocks(boolean unwritten) {
    return unwritten ? ExtentNode.MAX_UNWRITTEN_BLOCKS : ExtentNode.MAX_WRITTEN_BLOCKS;
  }
}
