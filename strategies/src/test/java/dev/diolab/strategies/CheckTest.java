package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.check.CheckFinding;
import dev.diolab.engine.check.CheckFinding.Kind;
import dev.diolab.engine.check.CheckReport;
import dev.diolab.engine.check.Checker;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.file.VolumeFormatter;
import dev.diolab.engine.file.VolumeOptions;
import dev.diolab.engine.format.BitmapBlock;
import dev.diolab.engine.format.BlockSeal;
import dev.diolab.engine.format.Bytes;
import dev.diolab.engine.format.ExtentNode;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.format.InodeRecord;
import dev.diolab.engine.format.Superblock;
import dev.diolab.engine.locking.Guarantee;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What fsck finds: every test damages a sound image in one way, with right checksums unless it says
 * otherwise.
 *
 * <p>File 1 has a tree of one level, extents of one written block each at even logical blocks; file
 * 2 has one unwritten extent in its root; file 3 has a size and no block.
 */
class CheckTest {
  private static final int BLOCK = 1024;
  private static final int JOURNAL_BLOCKS = 160;
  private static final VolumeOptions OPTIONS = new VolumeOptions(BLOCK, JOURNAL_BLOCKS, 13);
  private static final Geometry GEOMETRY = Geometry.of(BLOCK, 4 << 20, JOURNAL_BLOCKS, 13);
  private static final long BITMAP = GEOMETRY.bitmapBlock(0);
  private static final int EXTENTS = 9;

  private final FailingDevice device = new FailingDevice(new MemoryDevice(4 << 20));

  @BeforeEach
  void makeSoundImage() throws IOException {
    VolumeFormatter.poison(device, (done, total) -> {});
    VolumeFormatter.format(device, OPTIONS);
    try (Volume volume = mount(device)) {
      DioFile fragmented = volume.create();
      for (int i = 0; i < EXTENTS; i++) {
        fragmented.fallocate(i * 2L * BLOCK, BLOCK, false);
      }
      MemorySegment data = volume.allocateBuffer(BLOCK);
      for (int i = 0; i < EXTENTS; i++) {
        fragmented.write(new DioRequest(data).prepare(0, i * 2L * BLOCK, BLOCK, false));
      }
      volume.create().fallocate(0, 20 * BLOCK, false);
      volume.create().truncate(12345);
    }
  }

  @Test
  void soundImageIsCleanAndSaysWhatWasLookedAt() {
    CheckReport report = Checker.check(device);
    assertThat(report.findings()).isEmpty();
    assertThat(report.isClean()).isTrue();
    assertThat(report.inodes()).isEqualTo(3);
    assertThat(report.extents()).isEqualTo(EXTENTS + 1);
    assertThat(report.blocks()).isEqualTo(EXTENTS + 1 + 20);
    assertThat(report.pendingTransactions()).isZero();
    assertThat(report.pendingOrphans()).isZero();
    assertThat(report.summary())
        .isEqualTo("clean; 3 files, 10 extents, 30 blocks; pending: 0 transactions, 0 orphans");
  }

  @Test
  void readsMetadataThroughTheLogAndCountsWhatIsPending() throws IOException {
    Volume volume = mount(device);
    DioFile file = volume.open(1);
    file.truncate(0);
    DioFile other = volume.create();
    other.fallocate(0, 40 * BLOCK, false);
    other.fsync();
    FailingDevice crashed = device.copyOfContents();
    volume.close();
    CheckReport report = Checker.check(crashed);
    assertThat(report.findings()).isEmpty();
    assertThat(report.pendingTransactions()).isPositive();
    assertThat(report.lastTid()).isPositive();
    assertThat(report.inodes()).isEqualTo(4);
    assertThat(report.blocks()).isEqualTo(20 + 40);
    mount(crashed).close();
    assertThat(Checker.check(crashed).blocks()).isEqualTo(20 + 40);
  }

  @Test
  void neverWrites() throws IOException {
    device.failWrites(offset -> true);
    assertThat(Checker.check(device).isClean()).isTrue();
  }

  @Test
  void deviceTooSmallForAnImageIsAFinding() {
    assertFinds(new FailingDevice(new MemoryDevice(512)), Kind.SUPERBLOCK, "512 bytes");
  }

  @Test
  void emptyDeviceIsAFinding() {
    assertFinds(new FailingDevice(new MemoryDevice(1 << 20)), Kind.SUPERBLOCK, "magic");
  }

  @Test
  void imageLongerThanItsDeviceIsAFinding() throws IOException {
    MemoryDevice shorter = new MemoryDevice(2 << 20);
    MemorySegment buffer = device.allocateBuffer(2 << 20);
    device.read(buffer, 0, 0, 2 << 20);
    shorter.write(buffer, 0, 0, 2 << 20);
    assertFinds(new FailingDevice(shorter), Kind.SUPERBLOCK, "the device only 2097152");
  }

  @Test
  void blocksThatTheDeviceCannotTransferAreAFinding() {
    assertFinds(new FailingDevice(device, 4096), Kind.SUPERBLOCK, "alignment of 4096");
  }

  @Test
  void unfinishedMkfsIsAFinding() throws IOException {
    edit(0, Superblock.SEAL, Superblock::initUnfinished);
    assertFinds(Kind.SUPERBLOCK, "mkfs did not finish");
  }

  @Test
  void unusedBytesOfTheSuperblockAreLookedAt() throws IOException {
    edit(0, Superblock.SEAL, block -> block[400] = 1);
    assertFinds(Kind.SUPERBLOCK, "unused byte 400");
  }

  @Test
  void mountWithoutAJournalThatDidNotEndIsNoDamage() throws IOException {
    edit(0, Superblock.SEAL, block -> Superblock.putUnjournalled(block, true));
    CheckReport report = Checker.check(device);
    assertThat(report.findings()).isEmpty();
    assertThat(report.unjournalled()).isTrue();
    assertThat(report.summary()).contains("not unmounted after a mount without a journal");
    edit(0, Superblock.SEAL, block -> Bytes.putInt(block, 36, 2));
    assertFinds(Kind.SUPERBLOCK, "unjournalled=2, expected 0 or 1");
  }

  @Test
  void everyFlippedByteOfAMetadataBlockIsAFinding() throws IOException {
    long[] blocks = {0, 1, GEOMETRY.inodeTableStart(), BITMAP, nodeOfFile1()};
    for (long number : blocks) {
      int sealed = number == 0 ? Superblock.BYTES : BLOCK;
      for (int at = 0; at < sealed; at += 3) {
        flip(number, at);
        assertThat(Checker.check(device).isClean()).as("block %d byte %d", number, at).isFalse();
        flip(number, at);
      }
    }
    assertThat(Checker.check(device).isClean()).isTrue();
  }

  @Test
  void blockThatCannotBeReadIsAFinding() throws IOException {
    long node = nodeOfFile1();
    device.failReads(offset -> offset == node * BLOCK);
    assertFinds(Kind.UNREADABLE, "fails as told");
    device.failReads(offset -> offset == BITMAP * BLOCK);
    assertFinds(Kind.UNREADABLE, "fails as told");
    device.failReads(offset -> offset == GEOMETRY.inodeTableStart() * BLOCK);
    assertFinds(Kind.UNREADABLE, "fails as told");
    device.failReads(offset -> offset == GEOMETRY.journalStart() * BLOCK);
    assertFinds(Kind.UNREADABLE, "fails as told");
    device.failReads(offset -> true);
    assertFinds(Kind.UNREADABLE, "fails as told");
  }

  @Test
  void blockThatNoFileOwnsIsLost() throws IOException {
    edit(BITMAP, BitmapBlock.SEAL, block -> BitmapBlock.fill(block, 1000, 1070, true));
    CheckReport report = Checker.check(device);
    assertThat(report.findingCount()).isEqualTo(2); // one for each word
    assertThat(report.findings()).allMatch(finding -> finding.kind() == Kind.LOST_BLOCK);
    assertThat(report.findings().get(0).meaning())
        .startsWith("blocks " + (BITMAP + 1000) + " to " + (BITMAP + 1023));
  }

  @Test
  void blockOfAFileThatIsFreeInTheBitmapIsAFinding() throws IOException {
    long block = extentOfFile2();
    int bit = (int) (block - BITMAP);
    edit(BITMAP, BitmapBlock.SEAL, data -> BitmapBlock.fill(data, bit + 3, bit + 4, false));
    assertFinds(Kind.USED_BUT_FREE, "block " + (block + 3) + ": owned by a file");
  }

  @Test
  void bitsBehindTheEndOfTheGroupMustBeSet() throws IOException {
    int blocks = GEOMETRY.groupBlocks(0);
    edit(BITMAP, BitmapBlock.SEAL, data -> BitmapBlock.fill(data, blocks, blocks + 1, false));
    assertFinds(Kind.BITMAP, "bit " + blocks + " is clear");
  }

  @Test
  void bitmapMustBelongToItsGroup() throws IOException {
    edit(BITMAP, BitmapBlock.SEAL, data -> Bytes.putInt(data, BLOCK - 12, 7));
    assertFinds(Kind.BITMAP, "group is 7, expected 0");
  }

  @Test
  void blockWithTwoOwnersIsAFinding() throws IOException {
    long block = extentOfFile2();
    editNode(data -> ExtentNode.putExtent(data, 0, 2, 4, block + 5, 1, false));
    CheckReport report = Checker.check(device);
    assertThat(report.findings().stream().map(CheckFinding::kind))
        .containsExactly(Kind.DOUBLE_USE, Kind.LOST_BLOCK);
    assertThat(report.findings().get(0).meaning()).contains("block " + (block + 5));
    assertThat(report.findings().get(0).place()).contains("inode 2");
  }

  @Test
  void extentOverTheBitmapTheJournalOrTheInodeTableIsAFinding() throws IOException {
    for (long bad :
        new long[] {
          0, 1, 5, GEOMETRY.inodeTableStart(), BITMAP, GEOMETRY.blocks(), (1L << 48) - 1
        }) {
      editNode(data -> ExtentNode.putExtent(data, 0, 2, 4, bad, 1, false));
      assertFinds(Kind.OUT_OF_BOUNDS, "block " + bad + ", not data blocks of one group");
    }
  }

  @Test
  void extentThatReachesIntoTheNextExtentIsAFinding() throws IOException {
    editNode(data -> ExtentNode.putLogical(data, 0, 3, 4));
    assertFinds(Kind.EXTENT_NODE, "begins at 4, expected 5 or more");
  }

  @Test
  void indexKeyMustBeTheFirstBlockBelowIt() throws IOException {
    editRoot(1, (data, root) -> ExtentNode.putIndex(data, root, 0, 1, child(data, root)));
    assertFinds(Kind.EXTENT_NODE, "its first entry begins at 0");
  }

  @Test
  void nodeThatReachesOverTheNextKeyIsAFinding() throws IOException {
    long free = GEOMETRY.blocks() - 100;
    byte[] node = read(nodeOfFile1());
    write(free, node, ExtentNode.SEAL);
    editRoot(
        1,
        (data, root) -> {
          ExtentNode.replace(data, root, 1, 1, 1);
          ExtentNode.putIndex(data, root, 1, 10, free);
        });
    assertFinds(Kind.EXTENT_NODE, "reaches to logical block 16, the next begins at 10");
  }

  @Test
  void nodeThatRefersToItselfEndsTheWalk() throws IOException {
    long node = nodeOfFile1();
    editRoot(1, (data, root) -> ExtentNode.putDepth(data, root, 2));
    editNode(
        data -> {
          ExtentNode.init(data, 0, ExtentNode.maxEntries(BLOCK), 1);
          ExtentNode.replace(data, 0, 0, 0, 1);
          ExtentNode.putIndex(data, 0, 0, 0, node);
        });
    assertFinds(Kind.DOUBLE_USE, "has another owner");
  }

  @Test
  void nodeOfAWrongDepthIsAFinding() throws IOException {
    editRoot(1, (data, root) -> ExtentNode.putDepth(data, root, 3));
    assertFinds(Kind.EXTENT_NODE, "depth is 0, expected 2");
  }

  @Test
  void damagedTreeDoesNotMakeItsBlocksLost() throws IOException {
    flip(nodeOfFile1(), 700);
    assertThat(Checker.check(device).findingCount()).isOne();
  }

  @Test
  void writtenBlocksBehindTheSizeBreakG1() throws IOException {
    editInode(1, (data, at) -> InodeRecord.putSize(data, at, 4 * BLOCK + 1));
    CheckFinding finding = assertFinds(Kind.WRITTEN_BEHIND_SIZE, "written blocks reach to");
    assertThat(finding.kind().breaks()).isEqualTo(Guarantee.G1);
    assertThat(Kind.LOST_BLOCK.breaks()).isNull();
  }

  @Test
  void unwrittenBlocksBehindTheSizeAreFine() throws IOException {
    editInode(2, (data, at) -> InodeRecord.putSize(data, at, 0));
    assertThat(Checker.check(device).findings()).isEmpty();
  }

  @Test
  void inodeOnTheOrphanListMayHaveBlocksBehindItsSize() throws IOException {
    editInode(1, (data, at) -> InodeRecord.putSize(data, at, BLOCK));
    edit(0, Superblock.SEAL, data -> Superblock.putOrphanHead(data, 1));
    CheckReport report = Checker.check(device);
    assertThat(report.findings()).isEmpty();
    assertThat(report.pendingOrphans()).isOne();
  }

  @Test
  void sizeOutOfBoundsIsAFinding() throws IOException {
    editInode(1, (data, at) -> InodeRecord.putSize(data, at, Long.MAX_VALUE));
    assertFinds(Kind.INODE, "size is " + Long.MAX_VALUE);
  }

  @Test
  void freeInodeWithLeftoversIsAFinding() throws IOException {
    editInode(4, (data, at) -> InodeRecord.putSize(data, at, 1));
    assertFinds(Kind.INODE, "is free, but has size 1");
  }

  @Test
  void inodeThatUnlinkFreedIsClean() throws IOException {
    try (Volume volume = mount(device)) {
      volume.unlink(1);
    }
    assertThat(Checker.check(device).findings()).isEmpty();
    assertThat(Checker.check(device).inodes()).isEqualTo(2);
  }

  @Test
  void recordBehindTheLastInodeMustBeFree() throws IOException {
    editInode(
        14,
        (data, at) -> {
          InodeRecord.create(data, at);
          ExtentNode.init(data, at + InodeRecord.ROOT_AT, ExtentNode.ROOT_ENTRIES, 0);
        });
    assertFinds(Kind.INODE, "the image has 13 inodes");
  }

  @Test
  void unlinkedInodeMustBeOnTheOrphanList() throws IOException {
    editInode(3, InodeRecord::unlink);
    assertFinds(Kind.ORPHAN_LIST, "is unlinked, but not on the orphan list");
  }

  @Test
  void inodeWithASuccessorMustBeOnTheOrphanList() throws IOException {
    editInode(3, (data, at) -> InodeRecord.putOrphanNext(data, at, 2));
    assertFinds(Kind.ORPHAN_LIST, "inode 2 follows it on the orphan list, but is not on it");
  }

  @Test
  void orphanListThatRunsInACircleEnds() throws IOException {
    editInode(3, (data, at) -> InodeRecord.putOrphanNext(data, at, 2));
    editInode(2, (data, at) -> InodeRecord.putOrphanNext(data, at, 3));
    edit(0, Superblock.SEAL, data -> Superblock.putOrphanHead(data, 2));
    assertFinds(Kind.ORPHAN_LIST, "inode 2 after inode 3 a second time");
  }

  @Test
  void orphanListMustHoldInodesInUse() throws IOException {
    edit(0, Superblock.SEAL, data -> Superblock.putOrphanHead(data, 9));
    assertFinds(Kind.ORPHAN_LIST, "inode 9 at the head is free");
    edit(0, Superblock.SEAL, data -> Superblock.putOrphanHead(data, 14));
    assertFinds(Kind.ORPHAN_LIST, "inode 14 at the head, expected 1 to 13");
    edit(0, Superblock.SEAL, data -> Superblock.putOrphanHead(data, -1));
    assertFinds(Kind.ORPHAN_LIST, "inode -1 at the head, expected 1 to 13");
  }

  @Test
  void listsNoMoreFindingsThanItMayAndCountsAll() throws IOException {
    edit(
        BITMAP,
        BitmapBlock.SEAL,
        data -> {
          for (int bit = 500; bit < 3500; bit += 2) {
            BitmapBlock.fill(data, bit, bit + 1, true);
          }
        });
    CheckReport report = Checker.check(device);
    assertThat(report.findings()).hasSize(CheckReport.MAX_LISTED);
    assertThat(report.findingCount()).isEqualTo(1500);
    assertThat(report.summary()).startsWith("1500 findings; ");
  }

  /** Changes a record or root at an offset of its block. */
  private interface Edit {
    void at(byte[] block, int offset);
  }

  private static Volume mount(FailingDevice device) throws IOException {
    return Volume.mount(device, Strategies.byName("i-mutex"), Policies.byName("end-io"));
  }

  private CheckFinding assertFinds(Kind kind, String meaning) {
    return assertFinds(device, kind, meaning);
  }

  private static CheckFinding assertFinds(FailingDevice device, Kind kind, String meaning) {
    CheckReport report = Checker.check(device);
    assertThat(report.findings())
        .anyMatch(finding -> finding.kind() == kind && finding.meaning().contains(meaning));
    assertThat(report.isClean()).isFalse();
    return report.findings().stream().filter(each -> each.kind() == kind).findFirst().orElseThrow();
  }

  private void edit(long number, BlockSeal seal, Consumer<byte[]> change) throws IOException {
    byte[] block = read(number);
    change.accept(block);
    write(number, block, seal);
  }

  private void editInode(int inode, Edit change) throws IOException {
    long byteInTable = (inode - 1L) * InodeRecord.BYTES;
    edit(
        GEOMETRY.inodeTableStart() + byteInTable / BLOCK,
        InodeRecord.SEAL,
        block -> change.at(block, (int) (byteInTable % BLOCK)));
  }

  private void editRoot(int inode, Edit change) throws IOException {
    editInode(inode, (block, at) -> change.at(block, at + InodeRecord.ROOT_AT));
  }

  /** Changes the only node of file 1. */
  private void editNode(Consumer<byte[]> change) throws IOException {
    edit(nodeOfFile1(), ExtentNode.SEAL, change);
  }

  private long nodeOfFile1() throws IOException {
    return child(read(GEOMETRY.inodeTableStart()), InodeRecord.ROOT_AT);
  }

  private static long child(byte[] block, int root) {
    return ExtentNode.child(block, root, 0);
  }

  private long extentOfFile2() throws IOException {
    byte[] table = read(GEOMETRY.inodeTableStart());
    return ExtentNode.physical(table, InodeRecord.BYTES + InodeRecord.ROOT_AT, 0);
  }

  private void flip(long number, int at) throws IOException {
    byte[] block = read(number);
    block[at] ^= 0x10;
    write(number, block);
  }

  private byte[] read(long number) throws IOException {
    MemorySegment buffer = device.allocateBuffer(BLOCK);
    device.read(buffer, 0, number * BLOCK, BLOCK);
    return buffer.toArray(ValueLayout.JAVA_BYTE);
  }

  private void write(long number, byte[] block, BlockSeal seal) throws IOException {
    seal.seal(block, number);
    write(number, block);
  }

  private void write(long number, byte[] block) throws IOException {
    device.write(MemorySegment.ofArray(block), 0, number * BLOCK, BLOCK);
  }
}
