package dev.diolab.engine.extent;

import dev.diolab.engine.format.BitmapBlock;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.journal.BlockCache;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.journal.MetaBlock;
import java.io.IOException;

/**
 * Gives out the blocks of the groups and takes them back.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>A handle has a credit for the bitmap of each call: every call joins one block at most.
 *   <li>Actions given to {@link Handle#afterCommit} run without the journal lock.
 *   <li>All changes of bitmaps go through one allocator.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>No block is given out twice without having been freed in between.
 *   <li>A freed block is given out again only after the transaction that freed it committed; a
 *       crash never leaves a block with two owners.
 *   <li>A run never crosses a group, so one bitmap covers it.
 *   <li>All methods may be called at once; each takes one group lock at a time, and no lock but the
 *       journal's inside it.
 * </ol>
 */
public final class Allocator {
  private final Geometry geometry;
  private final AllocationGroup[] groups;

  /** First block after the last group. */
  private final long end;

  private Allocator(Geometry geometry, AllocationGroup[] groups) {
    this.geometry = geometry;
    this.groups = groups;
    int last = groups.length - 1;
    this.end = geometry.groupFirst(last) + geometry.groupBlocks(last);
  }

  /**
   * Reads and checks the bitmaps of all groups.
   *
   * @throws CorruptImageException when a bitmap is damaged or not the one of its group
   * @throws IOException when the device fails
   */
  public static Allocator load(BlockCache cache, Geometry geometry) throws IOException {
    AllocationGroup[] groups = new AllocationGroup[geometry.groupCount()];
    for (int group = 0; group < groups.length; group++) {
      MetaBlock bitmap = cache.get(geometry.bitmapBlock(group), BitmapBlock.SEAL);
      verify(bitmap, group, geometry.groupBlocks(group));
      groups[group] = new AllocationGroup(geometry.groupFirst(group), bitmap);
    }
    return new Allocator(geometry, groups);
  }

  private static void verify(MetaBlock bitmap, int group, int blocks) throws CorruptImageException {
    int found = BitmapBlock.group(bitmap.data());
    if (found != group) {
      throw new CorruptImageException(
          String.format(
              "bitmap in block %d: group is %d, expected %d", bitmap.number(), found, group));
    }
    for (int bit = blocks; bit < BitmapBlock.capacity(bitmap.data().length); bit++) {
      if (!BitmapBlock.isSet(bitmap.data(), bit)) {
        throw new CorruptImageException(
            String.format(
                "bitmap in block %d: bit %d is clear, but the group has %d blocks",
                bitmap.number(), bit, blocks));
      }
    }
  }

  /**
   * Allocates a run of 1 to {@code want} blocks: the first run of {@code want} at or after {@code
   * goal} in its group (then from the group's start), else the group's longest run, else the same
   * in the groups after it. Joins one bitmap block.
   *
   * @param goal where the run should begin; a block that belongs to no group means anywhere
   * @throws NoSpaceException when no block is free; {@link #pinnedBlocks} tells whether a commit
   *     would free some
   */
  public void allocate(Handle handle, long goal, long want, BlockRun out) throws NoSpaceException {
    if (want < 1) {
      throw new AssertionError("allocation of " + want + " blocks");
    }
    int capped = (int) Math.min(want, geometry.groupCapacity());
    long from = geometry.inGroups(goal) ? goal : geometry.groupFirst(0);
    int home = geometry.groupOf(from);
    for (int i = 0; i < groups.length; i++) {
      int group = (home + i) % groups.length;
      long groupGoal = i == 0 ? from : geometry.groupFirst(group);
      if (groups[group].allocate(handle, groupGoal, capped, out)) {
        return;
      }
    }
    throw noSpace(want);
  }

  /**
   * Allocates one block for metadata: the last free block of the goal's group, else of the groups
   * after it, so that metadata does not cut the runs that data could have. Joins one bitmap block.
   *
   * @throws NoSpaceException when no block is free
   */
  long allocateMeta(Handle handle, long goal) throws NoSpaceException {
    int home = geometry.inGroups(goal) ? geometry.groupOf(goal) : 0;
    for (int i = 0; i < groups.length; i++) {
      long block = groups[(home + i) % groups.length].allocateLast(handle);
      if (block != 0) {
        return block;
      }
    }
    throw noSpace(1);
  }

  /**
   * Frees blocks of one group: clear in the bitmap now, allocatable after the commit of the
   * handle's transaction. Joins one bitmap block.
   *
   * @throws CorruptImageException when the blocks are not all data blocks in use of one group;
   *     nothing is changed then
   */
  public void free(Handle handle, long start, long count) throws CorruptImageException {
    if (count < 1
        || !geometry.inGroups(start)
        || !geometry.inGroups(start + count - 1)
        || geometry.groupOf(start) != geometry.groupOf(start + count - 1)
        || start == geometry.bitmapBlock(geometry.groupOf(start))) {
      throw new CorruptImageException(
          "blocks " + start + " to " + (start + count - 1) + " are freed, not data of one group");
    }
    groups[geometry.groupOf(start)].free(handle, start, (int) count);
  }

  /** Takes back at once what {@code handle} allocated in the same call of the tree. */
  void cancel(Handle handle, long start, int count) {
    groups[geometry.groupOf(start)].cancel(handle, start, count);
  }

  /** Blocks that can be allocated now. */
  public long freeBlocks() {
    long sum = 0;
    for (AllocationGroup group : groups) {
      sum += group.free();
    }
    return sum;
  }

  /** Blocks that are freed and become allocatable with the next commits. */
  public long pinnedBlocks() {
    long sum = 0;
    for (AllocationGroup group : groups) {
      sum += group.pinned();
    }
    return sum;
  }

  /**
   * Checks that an extent of the image lies where data can be: outside, a write would destroy the
   * journal or the inode table.
   */
  void requireInGroups(long logical, long physical, long blocks) throws CorruptImageException {
    if (physical <= geometry.groupsStart() || physical + blocks > end) {
      throw new CorruptImageException(
          String.format(
              "extent at logical block %d: its blocks %d to %d are not within %d to %d",
              logical, physical, physical + blocks - 1, geometry.groupsStart() + 1, end - 1));
    }
  }

  /** Whether {@code block} can be a goal. */
  boolean inGroups(long block) {
    return geometry.inGroups(block);
  }

  /** Number of groups: an upper bound of the bitmap blocks that any change can join. */
  int groupCount() {
    return groups.length;
  }

  /** Where the blocks of a new file should begin: inodes are spread over the groups. */
  public long goalOf(int inode) {
    return geometry.groupFirst(Math.floorMod(inode, groups.length)) + 1;
  }

  private NoSpaceException noSpace(long want) {
    return new NoSpaceException(
        String.format(
            "no space: %d blocks wanted, %d free, %d more after a commit, volume of %d blocks",
            want, freeBlocks(), pinnedBlocks(), geometry.blocks()));
  }
}
