package dev.diolab.engine.extent;

import dev.diolab.engine.format.ExtentNode;
import dev.diolab.engine.journal.Handle;
import java.io.IOException;

/**
 * Replaces neighbouring entries of a leaf by other extents and keeps the rules of the tree: no two
 * neighbours that could be one extent, also across leaves; exact keys above; no empty node.
 *
 * <p>Thread safety: none; part of one tree. [i_data_sem exclusive]
 */
final class LeafEdit {
  private final NodeRemoval removal;
  private final ExtentPath sibling;

  LeafEdit(NodeRemoval removal, ExtentPath sibling) {
    this.removal = removal;
    this.sibling = sibling;
  }

  /**
   * Reads the leaves beside the one of {@code path} if an edit around its entry may join extents
   * across them, so that a device error comes before anything has changed.
   */
  void load(ExtentPath path) throws IOException {
    if (path.leafEntry() <= 1) {
      sibling.copyFrom(path);
      sibling.previousLeaf();
    }
    if (path.leafEntry() + 2 >= path.count(path.depth())) {
      sibling.copyFrom(path);
      sibling.nextLeaf();
    }
  }

  /**
   * Puts {@code pieces} in place of the entries of the leaf of {@code path} that they replace; the
   * path is not valid afterwards.
   */
  void apply(Handle handle, ExtentPath path, ExtentPieces pieces) throws IOException {
    if (pieces.count() == 0) {
      path.setLeafEntry(pieces.from());
      removal.removeEntry(handle, path);
    } else {
      boolean first = pieces.from() == 0;
      boolean last = pieces.to() == path.count(path.depth());
      handle.modify(path.leafBlock());
      pieces.store(path);
      if (first) {
        path.raiseKey(handle, path.depth());
      }
      if (last) {
        joinNextLeaf(handle, path);
      }
      if (first) {
        joinPreviousLeaf(handle, path);
      }
    }
    removal.collapse(handle);
  }

  private void joinNextLeaf(Handle handle, ExtentPath path) throws IOException {
    sibling.copyFrom(path);
    if (sibling.nextLeaf()) {
      path.setLeafEntry(path.count(path.depth()) - 1);
      join(handle, path, sibling);
    }
  }

  private void joinPreviousLeaf(Handle handle, ExtentPath path) throws IOException {
    sibling.copyFrom(path);
    if (sibling.previousLeaf()) {
      path.setLeafEntry(0);
      join(handle, sibling, path);
    }
  }

  /** Lengthens the extent of {@code left} by the first one of the leaf after it, if it may. */
  private void join(Handle handle, ExtentPath left, ExtentPath right) throws IOException {
    if (ExtentPieces.joinable(left, right)) {
      int entry = left.leafEntry();
      handle.modify(left.leafBlock());
      ExtentNode.putExtent(
          left.leaf(),
          left.leafNode(),
          entry,
          left.logical(entry),
          left.physical(entry),
          left.length(entry) + right.length(0),
          left.isUnwritten(entry));
      removal.removeEntry(handle, right);
    }
  }
}
