package dev.diolab.engine.check;

import dev.diolab.engine.check.CheckFinding.Kind;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.ExtentNode;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.format.InodeRecord;
import java.io.IOException;

/**
 * Looks at the inode table and, through it, at the extent trees.
 *
 * <p>Thread safety: none.
 */
final class InodeCheck {
  private final ImageReader image;
  private final Geometry geometry;
  private final int inodes;
  private final OrphanWalk orphans;
  private final TreeCheck trees;
  private final BlockUse use;
  private final Findings findings;
  private final byte[] block;
  private int inUse;

  InodeCheck(
      ImageReader image,
      int inodes,
      OrphanWalk orphans,
      TreeCheck trees,
      BlockUse use,
      Findings findings) {
    this.image = image;
    this.geometry = image.geometry();
    this.inodes = inodes;
    this.orphans = orphans;
    this.trees = trees;
    this.use = use;
    this.findings = findings;
    this.block = image.newBlock();
  }

  /** Inodes in use so far. */
  int inUse() {
    return inUse;
  }

  /** Looks at block {@code index} of the inode table. */
  void checkBlock(int index) {
    long number = geometry.inodeTableStart() + index;
    try {
      image.read(number, InodeRecord.SEAL, block);
    } catch (IOException e) {
      findings.add(Kind.INODE, "inode table block " + number, e);
      use.incomplete();
      return;
    }
    int perBlock = geometry.blockSize() / InodeRecord.BYTES;
    for (int i = 0; i < perBlock; i++) {
      long inode = (long) index * perBlock + i + 1;
      int at = i * InodeRecord.BYTES;
      if (!InodeRecord.inUse(block, at)) {
        checkFree(inode, at);
      } else if (inode > inodes) {
        findings.add(
            Kind.INODE, "inode " + inode, "is in use, but the image has " + inodes + " inodes");
      } else {
        checkUsed((int) inode, at, number);
      }
    }
  }

  private void checkUsed(int inode, int at, long number) {
    inUse++;
    long size = InodeRecord.size(block, at);
    try {
      InodeRecord.requireSize(block, at);
    } catch (CorruptImageException e) {
      findings.add(Kind.INODE, "inode " + inode, e);
    }
    checkOrphan(inode, at);
    long writtenEnd = trees.check(inode, block, at + InodeRecord.ROOT_AT, number);
    long sizeBlocks = Math.ceilDiv(size, (long) geometry.blockSize());
    if (writtenEnd > sizeBlocks && orphans.isComplete() && !orphans.contains(inode)) {
      findings.add(
          Kind.WRITTEN_BEHIND_SIZE,
          "inode " + inode,
          "written blocks reach to logical block "
              + (writtenEnd - 1)
              + ", but the size of "
              + size
              + " bytes takes "
              + sizeBlocks
              + " blocks, and no recovery will free the rest");
    }
  }

  private void checkOrphan(int inode, int at) {
    if (!orphans.isComplete() || orphans.contains(inode)) {
      return;
    }
    if (InodeRecord.isUnlinked(block, at)) {
      findings.add(Kind.ORPHAN_LIST, "inode " + inode, "is unlinked, but not on the orphan list");
    }
    int next = InodeRecord.orphanNext(block, at);
    if (next != 0) {
      findings.add(
          Kind.ORPHAN_LIST,
          "inode " + inode,
          "says that inode " + next + " follows it on the orphan list, but is not on it");
    }
  }

  /** A free record is one that was never used, or one that unlink emptied. */
  private void checkFree(long inode, int at) {
    int root = at + InodeRecord.ROOT_AT;
    if (InodeRecord.size(block, at) == 0
        && InodeRecord.orphanNext(block, at) == 0
        && (ExtentNode.isBlank(block, root) || isEmptyRoot(root))) {
      return;
    }
    findings.add(
        Kind.INODE,
        "inode " + inode,
        "is free, but has size "
            + InodeRecord.size(block, at)
            + ", "
            + ExtentNode.entries(block, root)
            + " extent entries and orphan successor "
            + InodeRecord.orphanNext(block, at)
            + ", expected none of them");
  }

  private boolean isEmptyRoot(int root) {
    try {
      ExtentNode.verifyRoot(block, root, 0);
      return ExtentNode.entries(block, root) == 0;
    } catch (CorruptImageException e) {
      return false;
    }
  }
}
