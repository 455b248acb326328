package dev.diolab.engine.check;

import dev.diolab.engine.check.CheckFinding.Kind;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.extent.ExtentTree;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.format.Superblock;
import dev.diolab.engine.journal.Journal;
import dev.diolab.engine.journal.LogView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * fsck: looks at a whole image that nobody has mounted.
 *
 * <p>An image that a crash left is checked as the next mount will see it: every metadata block is
 * read through the log, so transactions to be replayed and orphans to be cut back are no findings.
 * Where the superblock or the journal is damaged nothing behind it can be interpreted, and the
 * check ends with that finding.
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Nothing is written.
 *   <li>Whatever the image holds, the check ends and throws nothing; a block that the device fails
 *       to read is a finding.
 *   <li>Memory is one bit for each block of the groups that hold blocks of files, one reference for
 *       each group, and a list of at most {@link CheckReport#MAX_LISTED} findings, besides what
 *       recovery itself needs for the log.
 * </ol>
 *
 * <p>Thread safety: the methods may be called at once; nobody may write to the device meanwhile.
 */
public final class Checker {
  private final BlockDevice device;
  private final Findings findings = new Findings();
  private boolean unjournalled;
  private @Nullable LogView log;
  private @Nullable OrphanWalk orphans;
  private @Nullable InodeCheck inodes;
  private @Nullable TreeCheck trees;
  private @Nullable BlockUse use;

  private Checker(BlockDevice device) {
    this.device = device;
  }

  /** Checks the image on {@code device}. */
  public static CheckReport check(BlockDevice device) {
    return check(device, (done, total) -> {});
  }

  /** Checks the image on {@code device} and tells {@code progress} how far it is. */
  public static CheckReport check(BlockDevice device, CheckProgress progress) {
    Checker checker = new Checker(device);
    checker.run(progress);
    return checker.report();
  }

  private void run(CheckProgress progress) {
    Geometry geometry = superblockAtHome();
    if (geometry == null) {
      return;
    }
    try {
      log =
          LogView.read(
              device, geometry.journalStart(), geometry.journalBlocks(), geometry.blockSize());
    } catch (IOException e) {
      findings.add(Kind.JOURNAL, "journal", e);
      return;
    }
    ImageReader image = new ImageReader(device, geometry, log);
    byte[] superblock = superblock(image);
    if (superblock != null) {
      checkGroups(image, superblock, progress);
    }
  }

  /** What mount reads first, before the log can repair anything. */
  private @Nullable Geometry superblockAtHome() {
    String place = "superblock at home";
    if (device.sizeBytes() < Geometry.MAX_BLOCK_SIZE) {
      findings.add(Kind.SUPERBLOCK, place, "the device has " + device.sizeBytes() + " bytes only");
      return null;
    }
    try {
      MemorySegment buffer = device.allocateBuffer(Geometry.MAX_BLOCK_SIZE);
      device.read(buffer, 0, 0, Geometry.MAX_BLOCK_SIZE);
      byte[] block = buffer.toArray(ValueLayout.JAVA_BYTE);
      Superblock.SEAL.verify(block, 0);
      Geometry geometry = Superblock.geometry(block);
      requireUsable(geometry);
      return geometry;
    } catch (IOException e) {
      findings.add(Kind.SUPERBLOCK, place, e);
      return null;
    }
  }

  private void requireUsable(Geometry geometry) throws CorruptImageException {
    long needed = geometry.blocks() * geometry.blockSize();
    if (needed > device.sizeBytes()) {
      throw new CorruptImageException(
          "the image has " + needed + " bytes, the device only " + device.sizeBytes());
    }
    int credits;
    try {
      credits =
          Journal.maxCredits(
              device, geometry.journalStart(), geometry.journalBlocks(), geometry.blockSize());
    } catch (IllegalArgumentException e) {
      throw new CorruptImageException("journal: " + e.getMessage());
    }
    if (credits < ExtentTree.MAX_CREDITS) {
      throw new CorruptImageException(
          "a handle of the journal can join "
              + credits
              + " blocks, a change of the deepest extent tree joins "
              + ExtentTree.MAX_CREDITS);
    }
  }

  private byte @Nullable [] superblock(ImageReader image) {
    String place = "superblock";
    byte[] block = image.newBlock();
    try {
      image.read(0, Superblock.SEAL, block);
      if (!Superblock.geometry(block).equals(image.geometry())) {
        throw new CorruptImageException("its copy in the log has another geometry than the home");
      }
      unjournalled = Superblock.isUnjournalled(block);
      int unused = Superblock.firstUnusedNotZero(block);
      if (unused >= 0) {
        throw new CorruptImageException("unused byte " + unused + " is not zero");
      }
      return block;
    } catch (IOException e) {
      findings.add(Kind.SUPERBLOCK, place, e);
      return null;
    }
  }

  private void checkGroups(ImageReader image, byte[] superblock, CheckProgress progress) {
    Geometry geometry = image.geometry();
    int inodeCount = Superblock.inodes(superblock);
    orphans = OrphanWalk.of(image, Superblock.orphanHead(superblock), inodeCount, findings);
    use = new BlockUse(geometry, findings);
    trees = new TreeCheck(image, use, findings);
    inodes = new InodeCheck(image, inodeCount, orphans, trees, use, findings);
    BitmapCheck bitmaps = new BitmapCheck(image, use, findings);
    long total = (long) geometry.inodeTableBlocks() + geometry.groupCount();
    for (int i = 0; i < geometry.inodeTableBlocks(); i++) {
      inodes.checkBlock(i);
      progress.looked(i + 1L, total);
    }
    for (int group = 0; group < geometry.groupCount(); group++) {
      bitmaps.checkGroup(group);
      progress.looked((long) geometry.inodeTableBlocks() + group + 1, total);
    }
  }

  private CheckReport report() {
    return new CheckReport(
        findings.listed(),
        findings.count(),
        inodes == null ? 0 : inodes.inUse(),
        trees == null ? 0 : trees.extents(),
        use == null ? 0 : use.blocks(),
        log == null ? 0 : log.transactions(),
        log == null ? 0 : log.lastTid(),
        orphans == null ? 0 : orphans.size(),
        unjournalled);
  }
}
