package dev.diolab.engine.check;

import dev.diolab.engine.check.CheckFinding.Kind;
import dev.diolab.engine.format.BitmapBlock;
import dev.diolab.engine.format.Geometry;
import org.jspecify.annotations.Nullable;

/**
 * Which blocks the files own, one bit a block.
 *
 * <p>Thread safety: none.
 */
final class BlockUse {
  private final Geometry geometry;
  private final Findings findings;

  /** Bits of each group as in its bitmap; null where no file owns a block. */
  private final long[] @Nullable [] owned;

  private boolean complete = true;
  private long blocks;

  BlockUse(Geometry geometry, Findings findings) {
    this.geometry = geometry;
    this.findings = findings;
    this.owned = new long[geometry.groupCount()] @Nullable [];
  }

  /** Notes that a tree could not be read to its end: blocks without an owner mean nothing then. */
  void incomplete() {
    complete = false;
  }

  boolean isComplete() {
    return complete;
  }

  /** Blocks that were claimed. */
  long blocks() {
    return blocks;
  }

  /**
   * Claims blocks for inode {@code inode}.
   *
   * @param what names what they are of the inode, for a finding
   * @param logical where they belong in the file
   * @return whether all of them can belong to it and belong to nothing else so far
   */
  boolean claim(long first, int count, String what, int inode, long logical) {
    if (!isData(first, count)) {
      findings.add(
          Kind.OUT_OF_BOUNDS,
          place(what, inode, logical),
          run(first, count) + ", not data blocks of one group");
      complete = false;
      return false;
    }
    int group = geometry.groupOf(first);
    int from = (int) (first - geometry.groupFirst(group));
    long[] words = wordsOf(group);
    long twice = -1;
    for (int bit = from; bit < from + count; ) {
      int next = Math.min(from + count, (bit | Long.SIZE - 1) + 1);
      int word = bit >> 6;
      long mask = BitmapBlock.mask(bit, next);
      if (twice < 0 && (words[word] & mask) != 0) {
        twice =
            geometry.groupFirst(group)
                + (bit & -Long.SIZE)
                + Long.numberOfTrailingZeros(words[word] & mask);
      }
      words[word] |= mask;
      bit = next;
    }
    blocks += count;
    if (twice >= 0) {
      findings.add(
          Kind.DOUBLE_USE,
          place(what, inode, logical),
          run(first, count) + ", of which block " + twice + " has another owner too");
    }
    return twice < 0;
  }

  /** Word {@code word} of a group, as in its bitmap. */
  long word(int group, int word) {
    long[] words = owned[group];
    return words == null ? 0 : words[word];
  }

  private long[] wordsOf(int group) {
    long[] words = owned[group];
    if (words == null) {
      words = new long[geometry.groupCapacity() / Long.SIZE];
      owned[group] = words;
    }
    return words;
  }

  static String place(String what, int inode, long logical) {
    return what + " of inode " + inode + " at logical block " + logical;
  }

  static String run(long first, long count) {
    return count == 1 ? "block " + first : "blocks " + first + " to " + (first + count - 1);
  }

  private boolean isData(long first, int count) {
    if (!geometry.inGroups(first) || !geometry.inGroups(first + count - 1)) {
      return false;
    }
    int group = geometry.groupOf(first);
    return group == geometry.groupOf(first + count - 1) && first != geometry.bitmapBlock(group);
  }
}
