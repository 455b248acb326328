package dev.diolab.engine.check;

import dev.diolab.engine.locking.Guarantee;
import org.jspecify.annotations.Nullable;

/**
 * Something on an image that is not as it must be.
 *
 * @param kind what sort of damage it is
 * @param place the structure, with its block or inode
 * @param meaning what is wrong there: the field, the expected and the found value
 */
public record CheckFinding(Kind kind, String place, String meaning) {

  /** Sorts of damage. */
  public enum Kind {
    /** The device failed to read a block. */
    UNREADABLE,
    /** The superblock is damaged, not finished, or contradicts the device. */
    SUPERBLOCK,
    /** The journal superblock, or a transaction that was committed, is damaged. */
    JOURNAL,
    /** A record of the inode table is damaged or contradicts itself. */
    INODE,
    /** A node of an extent tree is damaged or does not fit its place in the tree. */
    EXTENT_NODE,
    /** An extent or a tree node lies where no file may have a block. */
    OUT_OF_BOUNDS,
    /** A block has two owners. */
    DOUBLE_USE,
    /** A bitmap block is damaged. */
    BITMAP,
    /** A block of a file is free in its bitmap: the next allocation would give it away. */
    USED_BUT_FREE,
    /** A block is in use in its bitmap and belongs to nothing. */
    LOST_BLOCK,
    /** The orphan list is broken, or an inode that needs it is not on it. */
    ORPHAN_LIST,
    /**
     * Written blocks lie behind i_size of an inode that is not on the orphan list: a file that
     * grows over them shows what is in them.
     */
    WRITTEN_BEHIND_SIZE;

    /** The guarantee to users that this breaks, null when only the image is inconsistent. */
    public @Nullable Guarantee breaks() {
      return this == WRITTEN_BEHIND_SIZE ? Guarantee.G1 : null;
    }
  }

  @Override
  public String toString() {
    return kind + ": " + place + ": " + meaning;
  }
}
