package dev.diolab.engine.extent;

import dev.diolab.engine.format.ExtentNode;
import dev.diolab.engine.journal.BlockCache;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.journal.MetaBlock;
import java.io.IOException;

/**
 * Removes entries, the nodes that become empty by that, and the levels that are not needed any
 * more.
 *
 * <p>A node that is freed is not changed, so it need not be joined.
 *
 * <p>Thread safety: none; part of one tree. [i_data_sem exclusive]
 */
final class NodeRemoval {
  private final BlockCache cache;
  private final Allocator allocator;
  private final RootView root;

  NodeRemoval(BlockCache cache, Allocator allocator, RootView root) {
    this.cache = cache;
    this.allocator = allocator;
    this.root = root;
  }

  /** Removes the leaf entry that {@code path} is at; the path is not valid afterwards. */
  void removeEntry(Handle handle, ExtentPath path) throws IOException {
    int level = path.depth();
    while (level > 0 && path.count(level) == 1) {
      free(handle, path.block(level));
      level--;
    }
    int entry = path.entry(level);
    handle.modify(path.block(level));
    ExtentNode.replace(path.data(level), path.node(level), entry, entry + 1, 0);
    if (path.count(level) == 0) {
      ExtentNode.putDepth(path.data(0), path.node(0), 0);
    } else if (entry == 0) {
      path.raiseKey(handle, level);
    }
  }

  /** Puts the only child of the root in its place, as long as its entries fit there. */
  void collapse(Handle handle) throws IOException {
    byte[] data = root.block().data();
    int node = root.offset();
    while (ExtentNode.depth(data, node) > 0 && ExtentNode.entries(data, node) == 1) {
      MetaBlock child = ExtentPath.child(cache, data, node, 0);
      if (ExtentNode.entries(child.data(), 0) > ExtentNode.ROOT_ENTRIES) {
        return;
      }
      free(handle, child);
      handle.modify(root.block());
      ExtentNode.replace(data, node, 0, 1, 0);
      ExtentNode.putDepth(data, node, ExtentNode.depth(child.data(), 0));
      ExtentNode.copyTail(child.data(), 0, 0, data, node);
    }
  }

  private void free(Handle handle, MetaBlock block) throws IOException {
    allocator.free(handle, block.number(), 1);
    handle.forget(block);
  }
}
