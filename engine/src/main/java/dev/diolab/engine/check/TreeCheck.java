package dev.diolab.engine.check;

import dev.diolab.engine.check.CheckFinding.Kind;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.ExtentNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Walks extent trees. A node is visited once only and its children must be one level below it, so
 * the walk ends whatever the nodes say.
 *
 * <p>Thread safety: none.
 */
final class TreeCheck {
  private final ImageReader image;
  private final BlockUse use;
  private final Findings findings;

  /** A node of each level below the root, while its children are looked at. */
  private final byte[] @Nullable [] nodes = new byte[ExtentNode.MAX_DEPTH][];

  private int inode;
  private long extents;

  /** First block behind the last written extent of the tree. */
  private long writtenEnd;

  TreeCheck(ImageReader image, BlockUse use, Findings findings) {
    this.image = image;
    this.use = use;
    this.findings = findings;
  }

  /** Extents of all trees so far. */
  long extents() {
    return extents;
  }

  /**
   * Looks at the tree of {@code inode}, whose root lies at {@code root} of {@code record}, block
   * {@code number}.
   *
   * @return the first logical block behind all written blocks
   */
  long check(int inode, byte[] record, int root, long number) {
    this.inode = inode;
    writtenEnd = 0;
    try {
      ExtentNode.verifyRoot(record, root, number);
      visit(record, root, ExtentNode.MAX_LOGICAL_BLOCKS);
    } catch (CorruptImageException e) {
      damaged("extent tree root of inode " + inode, e);
    }
    return writtenEnd;
  }

  /** Looks at a verified node, below which no block lies at or behind {@code limit}. */
  private void visit(byte[] data, int node, long limit) {
    if (ExtentNode.depth(data, node) == 0) {
      visitExtents(data, node, limit);
    } else {
      visitChildren(data, node, limit);
    }
  }

  private void visitExtents(byte[] data, int node, long limit) {
    int entries = ExtentNode.entries(data, node);
    for (int entry = 0; entry < entries; entry++) {
      long logical = ExtentNode.logical(data, node, entry);
      int length = ExtentNode.length(data, node, entry);
      use.claim(ExtentNode.physical(data, node, entry), length, "extent", inode, logical);
      if (!ExtentNode.isUnwritten(data, node, entry)) {
        writtenEnd = logical + length;
      }
    }
    extents += entries;
    if (entries > 0) {
      long end =
          ExtentNode.logical(data, node, entries - 1) + ExtentNode.length(data, node, entries - 1);
      requireBelow(end, limit);
    }
  }

  private void visitChildren(byte[] data, int node, long limit) {
    int entries = ExtentNode.entries(data, node);
    for (int entry = 0; entry < entries; entry++) {
      long key = ExtentNode.logical(data, node, entry);
      long next = entry + 1 < entries ? ExtentNode.logical(data, node, entry + 1) : limit;
      requireBelow(key + 1, limit);
      visitChild(ExtentNode.child(data, node, entry), key, next, ExtentNode.depth(data, node) - 1);
    }
  }

  private void visitChild(long number, long key, long limit, int depth) {
    if (!use.claim(number, 1, "extent node", inode, key)) {
      use.incomplete();
      return;
    }
    byte[] data = nodes[depth];
    if (data == null) {
      data = image.newBlock();
      nodes[depth] = data;
    }
    try {
      image.read(number, ExtentNode.SEAL, data);
      if (ExtentNode.depth(data, 0) != depth) {
        throw new CorruptImageException(
            "depth is " + ExtentNode.depth(data, 0) + ", expected " + depth);
      }
    } catch (IOException e) {
      damaged(BlockUse.place("extent node in block " + number, inode, key), e);
      return;
    }
    if (ExtentNode.logical(data, 0, 0) != key) {
      findings.add(
          Kind.EXTENT_NODE,
          BlockUse.place("extent node in block " + number, inode, key),
          "its first entry begins at " + ExtentNode.logical(data, 0, 0));
    }
    visit(data, 0, limit);
  }

  private void requireBelow(long end, long limit) {
    if (end > limit) {
      findings.add(
          Kind.EXTENT_NODE,
          "extent tree of inode " + inode,
          "a node reaches to logical block " + (end - 1) + ", the next begins at " + limit);
    }
  }

  private void damaged(String place, IOException damage) {
    findings.add(Kind.EXTENT_NODE, place, damage);
    use.incomplete();
  }
}
