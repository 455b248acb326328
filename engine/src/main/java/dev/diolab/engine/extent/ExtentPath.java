package dev.diolab.engine.extent;

import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.ExtentNode;
import dev.diolab.engine.journal.BlockCache;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.journal.MetaBlock;
import java.io.IOException;
import java.util.Arrays;

/**
 * A place in the tree: the nodes from the root (level 0) down to a leaf, and the entry taken in
 * each.
 *
 * <p>Thread safety: none; scratch of one tree. [i_data_sem exclusive]
 */
final class ExtentPath {
  private final BlockCache cache;
  private final int rootOffset;
  private final MetaBlock[] blocks = new MetaBlock[ExtentNode.MAX_DEPTH + 1];
  private final int[] entries = new int[ExtentNode.MAX_DEPTH + 1];
  private int depth;

  ExtentPath(BlockCache cache, RootView root) {
    this.cache = cache;
    this.rootOffset = root.offset();
    Arrays.fill(blocks, root.block());
  }

  /**
   * The node that an index entry refers to.
   *
   * @throws CorruptImageException when it is not one level below, or begins before the entry says:
   *     a look-up and a change would not agree on where a hole is
   * @throws IOException when it is not cached and cannot be read
   */
  static MetaBlock child(BlockCache cache, byte[] parent, int node, int entry) throws IOException {
    MetaBlock child = cache.get(ExtentNode.child(parent, node, entry), ExtentNode.SEAL);
    if (ExtentNode.depth(child.data(), 0) != ExtentNode.depth(parent, node) - 1) {
      throw new CorruptImageException(
          String.format(
              "extent node in block %d: depth is %d, expected %d",
              child.number(),
              ExtentNode.depth(child.data(), 0),
              ExtentNode.depth(parent, node) - 1));
    }
    if (ExtentNode.entries(child.data(), 0) > 0
        && ExtentNode.logical(child.data(), 0, 0) < ExtentNode.logical(parent, node, entry)) {
      throw new CorruptImageException(
          String.format(
              "extent node in block %d: begins at logical block %d, before the %d of its parent",
              child.number(),
              ExtentNode.logical(child.data(), 0, 0),
              ExtentNode.logical(parent, node, entry)));
    }
    return child;
  }

  /**
   * Goes to the last extent that begins at or before {@code logical}; to entry -1 of the first leaf
   * when there is none.
   */
  void find(long logical) throws IOException {
    depth = ExtentNode.depth(data(0), node(0));
    for (int level = 0; level < depth; level++) {
      entries[level] = Math.max(0, ExtentNode.search(data(level), node(level), logical));
      blocks[level + 1] = child(cache, data(level), node(level), entries[level]);
    }
    entries[depth] = ExtentNode.search(data(depth), node(depth), logical);
  }

  /** Goes where {@code other} is. */
  void copyFrom(ExtentPath other) {
    depth = other.depth;
    System.arraycopy(other.blocks, 0, blocks, 0, depth + 1);
    System.arraycopy(other.entries, 0, entries, 0, depth + 1);
  }

  /** Goes to the first entry of the leaf after this one; false when there is none. */
  boolean nextLeaf() throws IOException {
    int level = depth - 1;
    while (level >= 0 && entries[level] + 1 == count(level)) {
      level--;
    }
    if (level < 0) {
      return false;
    }
    entries[level]++;
    descend(level, false);
    return true;
  }

  /** Goes to the last entry of the leaf before this one; false when there is none. */
  boolean previousLeaf() throws IOException {
    int level = depth - 1;
    while (level >= 0 && entries[level] == 0) {
      level--;
    }
    if (level < 0) {
      return false;
    }
    entries[level]--;
    descend(level, true);
    return true;
  }

  private void descend(int from, boolean last) throws IOException {
    for (int level = from; level < depth; level++) {
      blocks[level + 1] = child(cache, data(level), node(level), entries[level]);
      entries[level + 1] = last ? count(level + 1) - 1 : 0;
    }
  }

  /**
   * First logical block of the extent after this place, the end of all files when there is none.
   */
  long nextLogical() {
    for (int level = depth; level >= 0; level--) {
      int next = entries[level] + 1;
      if (next < count(level)) {
        return ExtentNode.logical(data(level), node(level), next);
      }
    }
    return ExtentNode.MAX_LOGICAL_BLOCKS;
  }

  /**
   * After the first entry of the node at {@code from} changed: makes the index entries above say
   * where the node begins.
   */
  void raiseKey(Handle handle, int from) {
    for (int level = from; level > 0; level--) {
      long key = ExtentNode.logical(data(level), node(level), 0);
      byte[] parent = data(level - 1);
      int entry = entries[level - 1];
      if (ExtentNode.logical(parent, node(level - 1), entry) == key) {
        return;
      }
      handle.modify(blocks[level - 1]);
      ExtentNode.putLogical(parent, node(level - 1), entry, key);
      if (entry != 0) {
        return;
      }
    }
  }

  /** Level of the leaf. */
  int depth() {
    return depth;
  }

  MetaBlock block(int level) {
    return blocks[level];
  }

  byte[] data(int level) {
    return blocks[level].data();
  }

  /** Offset of the node in its block. */
  int node(int level) {
    return level == 0 ? rootOffset : 0;
  }

  /** The entry taken at a level. */
  int entry(int level) {
    return entries[level];
  }

  /** Entries in use at a level. */
  int count(int level) {
    return ExtentNode.entries(data(level), node(level));
  }

  /** Entries that can still be added at a level. */
  int room(int level) {
    return ExtentNode.max(data(level), node(level)) - count(level);
  }

  MetaBlock leafBlock() {
    return blocks[depth];
  }

  byte[] leaf() {
    return data(depth);
  }

  int leafNode() {
    return node(depth);
  }

  int leafEntry() {
    return entries[depth];
  }

  void setLeafEntry(int entry) {
    entries[depth] = entry;
  }

  /** First logical block of an entry of the leaf. */
  long logical(int entry) {
    return ExtentNode.logical(leaf(), leafNode(), entry);
  }

  /** First block on the image of an entry of the leaf. */
  long physical(int entry) {
    return ExtentNode.physical(leaf(), leafNode(), entry);
  }

  /** Blocks of an entry of the leaf. */
  int length(int entry) {
    return ExtentNode.length(leaf(), leafNode(), entry);
  }

  /** State of an entry of the leaf. */
  boolean isUnwritten(int entry) {
    return ExtentNode.isUnwritten(leaf(), leafNode(), entry);
  }

  /**
   * Whether the extent at this place holds {@code logical}; else that lies in the hole after it.
   */
  boolean covers(long logical) {
    return leafEntry() >= 0 && logical < end();
  }

  /** First logical block after the extent at this place. */
  long end() {
    return logical(leafEntry()) + length(leafEntry());
  }
}
