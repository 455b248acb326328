package dev.diolab.engine.extent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.format.BitmapBlock;
import dev.diolab.engine.format.ExtentNode;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.journal.MetaBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * An independent reader of a volume's structures, which fails when one breaks a rule of the format:
 * it decodes bytes by the layout, not by the code under test.
 */
final class Structure {
  /** One extent as the leaf says. */
  record Extent(long logical, long physical, int length, boolean unwritten) {}

  final List<Extent> extents = new ArrayList<>();
  final List<Long> nodes = new ArrayList<>();
  final int depth;

  private final TestVolume volume;
  private final BitSet referenced = new BitSet();
  private final List<MetaBlock> metadata = new ArrayList<>();

  private Structure(TestVolume volume) throws IOException {
    this.volume = volume;
    MetaBlock root = volume.root.block();
    metadata.add(root);
    ByteBuffer node = buffer(root.data(), volume.root.offset());
    depth = node.getShort(6);
    walk(node, 4, depth, -1);
    if (depth > 0 && node.getShort(2) == 1) {
      long only = node.getInt(12 + 4) & 0xFFFF_FFFFL;
      ByteBuffer child = buffer(volume.cache.get(only, ExtentNode.SEAL).data(), 0);
      assertThat(child.getShort(2)).as("entries of an only child").isGreaterThan((short) 4);
    }
  }

  /** Reads the tree and checks it by itself and against the bitmaps. */
  static Structure check(TestVolume volume) throws IOException {
    return check(volume, new BitSet());
  }

  /** As {@link #check(TestVolume)}, where {@code others} are blocks in use by somebody else. */
  static Structure check(TestVolume volume, BitSet others) throws IOException {
    Structure structure = new Structure(volume);
    structure.checkNeighbours();
    structure.checkBitmaps(others);
    volume.requireJournalled(structure.metadata);
    return structure;
  }

  private static ByteBuffer buffer(byte[] data, int offset) {
    return ByteBuffer.wrap(data, offset, data.length - offset)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private void walk(ByteBuffer node, int max, int expectedDepth, long key) throws IOException {
    int entries = node.getShort(2);
    require(node.getShort(4) == max, "max is " + node.getShort(4) + ", expected " + max);
    require(node.getShort(6) == expectedDepth, "depth is " + node.getShort(6));
    require(entries >= 0 && entries <= max, "entries is " + entries);
    require(entries > 0 || key < 0, "empty node below the root");
    for (int i = 0; i < entries; i++) {
      int at = 12 + 12 * i;
      long logical = node.getInt(at) & 0xFFFF_FFFFL;
      require(key < 0 || i > 0 || logical == key, "key is " + key + ", node begins at " + logical);
      if (expectedDepth == 0) {
        addExtent(node, at, logical);
      } else {
        long next = i + 1 < entries ? node.getInt(at + 12) & 0xFFFF_FFFFL : Long.MAX_VALUE;
        require(logical < next, "index keys are not ascending at " + logical);
        long child =
            (node.getInt(at + 4) & 0xFFFF_FFFFL) | ((node.getShort(at + 8) & 0xFFFFL) << 32);
        nodes.add(child);
        reference(child);
        MetaBlock block = volume.cache.get(child, ExtentNode.SEAL);
        metadata.add(block);
        walk(
            buffer(block.data(), 0),
            (volume.geometry.blockSize() - 16) / 12,
            expectedDepth - 1,
            logical);
      }
    }
  }

  private void addExtent(ByteBuffer node, int at, long logical) {
    int stored = node.getShort(at + 4) & 0xFFFF;
    boolean unwritten = stored > 32768;
    int length = unwritten ? stored - 32768 : stored;
    require(length > 0, "length 0 at " + logical);
    long physical =
        (node.getInt(at + 8) & 0xFFFF_FFFFL) | ((node.getShort(at + 6) & 0xFFFFL) << 32);
    for (long block = physical; block < physical + length; block++) {
      reference(block);
    }
    extents.add(new Extent(logical, physical, length, unwritten));
  }

  private void reference(long block) {
    Geometry geometry = volume.geometry;
    require(geometry.inGroups(block), "block " + block + " is in no group");
    require(!referenced.get((int) block), "block " + block + " is used twice");
    referenced.set((int) block);
  }

  /** Sorted, disjoint, and no two that could be one. */
  private void checkNeighbours() {
    for (int i = 1; i < extents.size(); i++) {
      Extent left = extents.get(i - 1);
      Extent right = extents.get(i);
      require(left.logical + left.length <= right.logical, left + " overlaps " + right);
      boolean joinable =
          left.unwritten == right.unwritten
              && left.logical + left.length == right.logical
              && left.physical + left.length == right.physical
              && left.length + right.length <= (left.unwritten ? 32767 : 32768);
      require(!joinable, left + " and " + right + " could be one extent");
    }
  }

  /** Set is what the tree or somebody else refers to, a bitmap itself, or beyond the volume. */
  private void checkBitmaps(BitSet others) throws IOException {
    require(!referenced.intersects(others), "blocks of another file are in the tree");
    long clear = 0;
    Geometry geometry = volume.geometry;
    for (int group = 0; group < geometry.groupCount(); group++) {
      long first = geometry.groupFirst(group);
      MetaBlock block = volume.cache.get(first, BitmapBlock.SEAL);
      metadata.add(block);
      byte[] bitmap = block.data();
      BitSet bits = BitSet.valueOf(ByteBuffer.wrap(bitmap, 0, bitmap.length - 16));
      BitSet expected = referenced.get((int) first, (int) first + geometry.groupBlocks(group));
      expected.or(others.get((int) first, (int) first + geometry.groupBlocks(group)));
      expected.set(0);
      expected.set(geometry.groupBlocks(group), (bitmap.length - 16) * 8);
      BitSet difference = (BitSet) bits.clone();
      difference.xor(expected);
      require(
          difference.isEmpty(),
          "group " + group + ": bitmap and references differ at " + difference);
      clear += geometry.groupBlocks(group) - bits.get(0, geometry.groupBlocks(group)).cardinality();
    }
    assertThat(volume.allocator.freeBlocks() + volume.allocator.pinnedBlocks())
        .as("free and pinned blocks")
        .isEqualTo(clear);
  }

  private static void require(boolean condition, String message) {
    if (!condition) {
      throw new AssertionError(message);
    }
  }
}
