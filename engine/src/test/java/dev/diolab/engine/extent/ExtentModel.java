package dev.diolab.engine.extent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * A file as arrays, one element a logical block, beside the real tree: each operation is done on
 * both, and {@link #check} compares them block by block.
 */
final class ExtentModel {
  private final TestVolume volume;
  private final int blocks;

  /** Block on the image, 0 in a hole. */
  private final long[] physical;

  private final boolean[] unwritten;

  /** Freed since the last commit: must not be given out. */
  private final BitSet freed = new BitSet();

  private int refusals;

  ExtentModel(TestVolume volume, int blocks) {
    this.volume = volume;
    this.blocks = blocks;
    this.physical = new long[blocks];
    this.unwritten = new boolean[blocks];
  }

  /** Allocates in the first hole at or after {@code at}; does nothing when there is none. */
  void allocate(int at, int maxBlocks, boolean asUnwritten) throws IOException {
    int start = at;
    while (start < blocks && physical[start] != 0) {
      start++;
    }
    if (start == blocks) {
      return;
    }
    int limit = Math.min(maxBlocks, blocks - start);
    ExtentState state = asUnwritten ? ExtentState.UNWRITTEN : ExtentState.WRITTEN;
    Mapping run;
    try {
      run = volume.allocate(start, limit, state);
    } catch (NoSpaceException e) {
      refusals++;
      return;
    }
    assertThat(run.logical()).isEqualTo(start);
    assertThat(run.blocks()).isBetween(1L, (long) limit);
    for (int i = 0; i < run.blocks(); i++) {
      assertThat(physical[start + i]).as("block %d was a hole", start + i).isZero();
      assertThat(freed.get((int) run.physical() + i)).as("reused before the commit").isFalse();
      physical[start + i] = run.physical() + i;
      unwritten[start + i] = asUnwritten;
    }
  }

  /** Converts up to the next hole, or until the volume has no block for a node. */
  void convert(int at, int maxBlocks) throws IOException {
    int end = at;
    while (end < Math.min(blocks, at + maxBlocks) && physical[end] != 0) {
      end++;
    }
    try {
      for (int from = at; from < end; ) {
        int done = Math.toIntExact(volume.convert(from, end - from));
        assertThat(done).isBetween(1, end - from);
        Arrays.fill(unwritten, from, from + done, false);
        from += done;
      }
    } catch (NoSpaceException e) {
      refusals++;
    }
  }

  /** Zeroes up to the next hole, or until the volume has no block for a node. */
  void unconvert(int at, int maxBlocks) throws IOException {
    int end = at;
    while (end < Math.min(blocks, at + maxBlocks) && physical[end] != 0) {
      end++;
    }
    try {
      for (int from = at; from < end; ) {
        int done = Math.toIntExact(volume.unconvert(from, end - from));
        assertThat(done).isBetween(1, end - from);
        Arrays.fill(unwritten, from, from + done, true);
        from += done;
      }
    } catch (NoSpaceException e) {
      refusals++;
    }
  }

  /** Punches a range, which is refused as a whole for want of a node. */
  void punch(int at, int count) throws IOException {
    int end = Math.min(blocks, at + count);
    try {
      volume.punch(at, end);
    } catch (NoSpaceException e) {
      refusals++;
      return;
    }
    for (int block = at; block < end; block++) {
      if (physical[block] != 0) {
        freed.set((int) physical[block]);
      }
    }
    Arrays.fill(physical, at, end, 0);
  }

  /** Calls that were refused for want of space. */
  int refusals() {
    return refusals;
  }

  void truncate(int from) throws IOException {
    volume.truncate(from);
    for (int block = from; block < blocks; block++) {
      if (physical[block] != 0) {
        freed.set((int) physical[block]);
      }
    }
    Arrays.fill(physical, from, blocks, 0);
  }

  void commit() {
    volume.commit();
    freed.clear();
  }

  /** A look-up agrees with the arrays and is not shorter than one extent or hole. */
  void map(int at, int maxBlocks) throws IOException {
    Mapping found = volume.map(at, maxBlocks);
    assertThat(found.logical()).isEqualTo(at);
    assertThat(found.blocks()).isBetween(1L, (long) maxBlocks);
    assertThat(found.state()).isEqualTo(state(at));
    if (found.state() == ExtentState.HOLE) {
      assertThat(found.physical()).isZero();
      int end = at;
      while (end < blocks && physical[end] == 0) {
        end++;
      }
      long expected = end == blocks ? maxBlocks : Math.min(maxBlocks, end - at);
      assertThat(found.blocks()).isEqualTo(expected);
      return;
    }
    for (int i = 0; i < found.blocks(); i++) {
      assertThat(physical[at + i]).isEqualTo(found.physical() + i);
      assertThat(state(at + i)).isEqualTo(found.state());
    }
  }

  /** All invariants, and every block where the arrays have it. */
  Structure check() throws IOException {
    Structure structure = Structure.check(volume);
    int block = 0;
    for (Structure.Extent extent : structure.extents) {
      for (; block < extent.logical(); block++) {
        requireHole(block);
      }
      for (int i = 0; i < extent.length(); i++, block++) {
        if (physical[block] != extent.physical() + i || unwritten[block] != extent.unwritten()) {
          throw new AssertionError(
              "block " + block + ": model has " + physical[block] + ", tree has " + extent);
        }
      }
    }
    for (; block < blocks; block++) {
      requireHole(block);
    }
    return structure;
  }

  private void requireHole(int block) {
    if (physical[block] != 0) {
      throw new AssertionError("block " + block + " is lost, was at " + physical[block]);
    }
  }

  private ExtentState state(int block) {
    if (physical[block] == 0) {
      return ExtentState.HOLE;
    }
    return unwritten[block] ? ExtentState.UNWRITTEN : ExtentState.WRITTEN;
  }
}
