package dev.diolab.engine.extent;

import dev.diolab.engine.format.ExtentNode;
import dev.diolab.engine.journal.BlockCache;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.journal.MetaBlock;
import java.io.IOException;

/**
 * Makes room in a leaf: splits the full nodes on the way to it, and makes the tree deeper when the
 * root is full.
 *
 * <p>Thread safety: none; part of one tree. [i_data_sem exclusive]
 */
final class NodeSplit {
  /** Entries that one edit of a leaf can add: a conversion cuts one extent in three. */
  static final int MAX_ADDED = 2;

  private final BlockCache cache;
  private final Allocator allocator;
  private final long treeGoal;

  /** Blocks for new nodes, taken before anything changes so that a full volume leaves the tree. */
  private final long[] spares = new long[ExtentNode.MAX_DEPTH + 1];

  private int spareCount;

  NodeSplit(BlockCache cache, Allocator allocator, long treeGoal) {
    this.cache = cache;
    this.allocator = allocator;
    this.treeGoal = treeGoal;
  }

  /**
   * Gives the leaf where {@code logical} belongs room for {@link #MAX_ADDED} entries; {@code path}
   * is there before and after. At depth d, at most d + 1 new nodes, as many bitmap blocks, the
   * nodes of the path and the root are joined.
   *
   * @throws NoSpaceException when there are not enough blocks for the new nodes; the tree is as
   *     before
   */
  void makeRoom(Handle handle, ExtentPath path, long logical) throws IOException {
    int roomy = path.depth();
    while (roomy >= 0 && path.room(roomy) < (roomy == path.depth() ? MAX_ADDED : 1)) {
      roomy--;
    }
    reserve(handle, path, path.depth() - roomy);
    if (roomy < 0) {
      grow(handle, path);
      roomy = 1;
      path.find(logical);
    }
    for (int level = roomy + 1; level <= path.depth(); level++) {
      split(handle, path, level);
      path.find(logical);
    }
    if (spareCount != 0) {
      throw new AssertionError(spareCount + " of the reserved node blocks were not used");
    }
  }

  private void reserve(Handle handle, ExtentPath path, int count) throws NoSpaceException {
    long goal = path.depth() == 0 ? treeGoal : path.leafBlock().number();
    try {
      while (spareCount < count) {
        spares[spareCount] = allocator.allocateMeta(handle, goal);
        spareCount++;
      }
    } catch (NoSpaceException e) {
      while (spareCount > 0) {
        allocator.cancel(handle, spares[--spareCount], 1);
      }
      throw e;
    }
  }

  /** Moves the root's entries to a new node, which becomes its only child. */
  private void grow(Handle handle, ExtentPath path) {
    byte[] root = path.data(0);
    int rootNode = path.node(0);
    if (path.depth() == ExtentNode.MAX_DEPTH) {
      throw new AssertionError("extent tree deeper than " + ExtentNode.MAX_DEPTH);
    }
    MetaBlock child = newNode(handle, path.depth());
    ExtentNode.copyTail(root, rootNode, 0, child.data(), 0);
    handle.modify(path.block(0));
    long logical = ExtentNode.logical(root, rootNode, 0);
    ExtentNode.replace(root, rootNode, 0, path.count(0), 1);
    ExtentNode.putDepth(root, rootNode, path.depth() + 1);
    ExtentNode.putIndex(root, rootNode, 0, logical, child.number());
  }

  /**
   * Moves the upper half of a node to a new one behind it. When the last entry is the one taken,
   * only that one moves, so that a file written front to back leaves full nodes.
   */
  private void split(Handle handle, ExtentPath path, int level) {
    byte[] node = path.data(level);
    int count = path.count(level);
    int keep = path.entry(level) == count - 1 ? count - 1 : count / 2;
    MetaBlock sibling = newNode(handle, path.depth() - level);
    ExtentNode.copyTail(node, 0, keep, sibling.data(), 0);
    handle.modify(path.block(level));
    ExtentNode.replace(node, 0, keep, count, 0);

    byte[] parent = path.data(level - 1);
    int parentNode = path.node(level - 1);
    int entry = path.entry(level - 1) + 1;
    handle.modify(path.block(level - 1));
    ExtentNode.replace(parent, parentNode, entry, entry, 1);
    long logical = ExtentNode.logical(sibling.data(), 0, 0);
    ExtentNode.putIndex(parent, parentNode, entry, logical, sibling.number());
  }

  private MetaBlock newNode(Handle handle, int depth) {
    MetaBlock block = cache.fresh(spares[--spareCount], ExtentNode.SEAL);
    handle.modify(block);
    ExtentNode.init(block.data(), 0, ExtentNode.maxEntries(cache.blockSize()), depth);
    return block;
  }
}
