package dev.diolab.engine.check;

import dev.diolab.engine.check.CheckFinding.Kind;
import dev.diolab.engine.format.InodeRecord;
import java.io.IOException;
import java.util.BitSet;

/**
 * Follows the orphan list from the superblock on; ends at the first inode that it has seen before.
 *
 * <p>Thread safety: none.
 */
final class OrphanWalk {
  private static final String PLACE = "orphan list";

  private final BitSet members = new BitSet();
  private boolean complete;

  private OrphanWalk() {}

  static OrphanWalk of(ImageReader image, int head, int inodes, Findings findings) {
    OrphanWalk walk = new OrphanWalk();
    walk.complete = head == 0 || walk.follow(image, head, inodes, findings);
    return walk;
  }

  boolean contains(int inode) {
    return members.get(inode);
  }

  int size() {
    return members.cardinality();
  }

  /** Whether the list was followed to its end; otherwise who is not on it may be behind a break. */
  boolean isComplete() {
    return complete;
  }

  private boolean follow(ImageReader image, int head, int inodes, Findings findings) {
    byte[] block = image.newBlock();
    int previous = 0;
    int inode = head;
    while (inode != 0) {
      if (inode < 0 || inode > inodes) {
        findings.add(
            Kind.ORPHAN_LIST,
            PLACE,
            "inode " + inode + after(previous) + ", expected 1 to " + inodes);
        return false;
      }
      if (members.get(inode)) {
        findings.add(
            Kind.ORPHAN_LIST, PLACE, "inode " + inode + after(previous) + " a second time");
        return false;
      }
      int at = InodePlace.recordAt(image.geometry(), inode);
      try {
        image.read(InodePlace.block(image.geometry(), inode), InodeRecord.SEAL, block);
      } catch (IOException e) {
        return false; // the walk over the inode table names the damage
      }
      if (!InodeRecord.inUse(block, at)) {
        findings.add(Kind.ORPHAN_LIST, PLACE, "inode " + inode + after(previous) + " is free");
        return false;
      }
      members.set(inode);
      previous = inode;
      inode = InodeRecord.orphanNext(block, at);
    }
    return true;
  }

  private static String after(int previous) {
    return previous == 0 ? " at the head" : " after inode " + previous;
  }
}
