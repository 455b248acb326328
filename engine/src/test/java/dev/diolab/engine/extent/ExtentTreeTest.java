package dev.diolab.engine.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.ExtentNode;
import dev.diolab.engine.journal.MetaBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtentTreeTest {
  private static final ExtentState WRITTEN = ExtentState.WRITTEN;
  private static final ExtentState UNWRITTEN = ExtentState.UNWRITTEN;

  @Test
  void emptyTreeIsOneHole() throws IOException {
    TestVolume volume = new TestVolume(4096, 100);

    Mapping found = volume.map(7, 1000);

    assertThat(found.state()).isEqualTo(ExtentState.HOLE);
    assertThat(found.blocks()).isEqualTo(1000);
    assertThat(volume.tree.count()).isZero();
    assertThat(volume.tree.depth()).isZero();
  }

  @Test
  void holeEndsAtTheNextExtentAndExtentAtItsEnd() throws IOException {
    TestVolume volume = new TestVolume(4096, 100);
    Mapping run = volume.allocate(10, 5, UNWRITTEN);

    Mapping hole = volume.map(3, 1000);
    assertThat(hole.state()).isEqualTo(ExtentState.HOLE);
    assertThat(hole.blocks()).isEqualTo(7);

    Mapping middle = volume.map(12, 1000);
    assertThat(middle.state()).isEqualTo(UNWRITTEN);
    assertThat(middle.physical()).isEqualTo(run.physical() + 2);
    assertThat(middle.blocks()).isEqualTo(3);
    assertThat(volume.map(12, 2).blocks()).isEqualTo(2);
    assertThat(volume.map(15, 9).state()).isEqualTo(ExtentState.HOLE);
  }

  @Test
  void lastLogicalBlockCanBeAllocatedAndNoneBeyondIt() throws IOException {
    TestVolume volume = new TestVolume(4096, 100);
    long last = ExtentNode.MAX_LOGICAL_BLOCKS - 1;

    assertThat(volume.allocate(last, 10, WRITTEN).blocks()).isEqualTo(1);

    assertThat(volume.map(last - 3, 100).blocks()).isEqualTo(3);
    assertThat(volume.map(last, 100).blocks()).isEqualTo(1);
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> volume.allocate(last + 1, 1, WRITTEN));
    Structure.check(volume);
  }

  @Test
  void conversionOfTheMiddleMakesThreeExtents() throws IOException {
    TestVolume volume = new TestVolume(4096, 200);
    volume.allocateAll(0, 100, UNWRITTEN);

    assertThat(volume.convert(40, 20)).isEqualTo(20);

    assertThat(lengths(volume)).containsExactly("U40", "W20", "U40");
  }

  @Test
  void conversionAtTheEdgeOfAWrittenNeighbourMovesTheBorder() throws IOException {
    TestVolume volume = new TestVolume(4096, 200);
    volume.allocateAll(0, 100, UNWRITTEN);
    volume.convertAll(40, 20);

    volume.convertAll(30, 10);
    volume.convertAll(60, 10);

    assertThat(lengths(volume)).containsExactly("U30", "W40", "U30");
  }

  @Test
  void conversionThatClosesAGapJoinsBothNeighbours() throws IOException {
    TestVolume volume = new TestVolume(4096, 200);
    volume.allocateAll(0, 30, UNWRITTEN);
    volume.convertAll(0, 10);
    volume.convertAll(20, 10);

    volume.convertAll(10, 10);

    assertThat(lengths(volume)).containsExactly("W30");
  }

  @Test
  void conversionStaysWithinOneExtentAndSkipsWrittenOnes() throws IOException {
    TestVolume volume = new TestVolume(4096, 200);
    volume.allocateAll(0, 30, UNWRITTEN);
    volume.convertAll(10, 10);

    assertThat(volume.convert(5, 25)).isEqualTo(5);
    assertThat(volume.convert(10, 25)).isEqualTo(10);
    assertThat(volume.convert(20, 25)).isEqualTo(10);
    assertThat(lengths(volume)).containsExactly("U5", "W25");
  }

  @Test
  void conversionOfAHoleIsABugOfTheCaller() throws IOException {
    TestVolume volume = new TestVolume(4096, 200);
    volume.allocateAll(0, 10, UNWRITTEN);

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> volume.convert(10, 1))
        .withMessageContaining("10");
  }

  @Test
  void allocationOfABlockThatIsNoHoleIsABugOfTheCaller() throws IOException {
    TestVolume volume = new TestVolume(4096, 200);
    volume.allocateAll(0, 10, UNWRITTEN);
    long free = volume.allocator.freeBlocks();

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> volume.allocate(9, 1, WRITTEN));
    assertThat(volume.allocator.freeBlocks()).isEqualTo(free);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 4096})
  void sequentialAllocationMakesOneExtent(int blockSize) throws IOException {
    TestVolume volume = new TestVolume(blockSize, 8000);

    for (int chunk = 0; chunk < 100; chunk++) {
      volume.allocateAll(chunk * 64L, 64, UNWRITTEN);
    }

    assertThat(lengths(volume)).containsExactly("U6400");
  }

  @Test
  void holesFilledInAnyOrderEndUpContiguous() throws IOException {
    TestVolume volume = new TestVolume(4096, 9000);
    for (int chunk : shuffled(1000, 7)) {
      volume.allocateAll(chunk * 8L, 8, WRITTEN);
    }

    Structure.check(volume);
    assertThat(volume.tree.count()).isLessThanOrEqualTo(2);
  }

  /** 32 MiB preallocated and written 32 KiB at a time (seeds/000). */
  @ParameterizedTest
  @CsvSource({"1024, 1", "1024, 2", "2048, 3", "4096, 4", "4096, 5"})
  void randomWritesOfAPreallocatedFileEndWithOneExtent(int blockSize, long seed)
      throws IOException {
    int blocks = (32 << 20) / blockSize;
    int perWrite = (32 << 10) / blockSize;
    TestVolume volume = contiguousVolume(blockSize, blocks);
    int deepest = 0;

    for (int write : shuffled(1024, seed)) {
      volume.convertAll((long) write * perWrite, perWrite);
      if (write % 16 == 0) {
        Structure.check(volume);
      }
      deepest = Math.max(deepest, volume.tree.depth());
    }
    Structure structure = Structure.check(volume);

    assertThat(deepest).isPositive();
    int longest = volume.geometry.groupCapacity() - 1;
    if (blocks <= longest) {
      assertThat(lengths(volume)).containsExactly("W" + blocks);
      assertThat(structure.nodes).isEmpty();
    } else {
      // An extent cannot be longer than a group, so five are left: one more than the root holds.
      assertThat(structure.extents).hasSize(Math.ceilDiv(blocks, longest));
      assertThat(structure.nodes).hasSizeLessThanOrEqualTo(structure.extents.size() + 1);
    }
    volume.commit();
    assertThat(volume.allocator.freeBlocks())
        .as("all nodes were given back")
        .isEqualTo(dataBlocks(volume) - blocks - structure.nodes.size());
  }

  /** No group is that long, so the extents are put into the root by hand. */
  @ParameterizedTest
  @CsvSource({"12767, W32767", "12768, W32768", "12769, W20000 W12769"})
  void writtenExtentsAreJoinedUpTo32768Blocks(int second, String expected) throws IOException {
    TestVolume volume = new TestVolume(4096, 100);
    putRoot(volume, 20000, false, second);

    volume.convertAll(20000, second);

    assertThat(lengths(volume)).containsExactly(expected.split(" "));
  }

  @ParameterizedTest
  @CsvSource({"12767, U32766 W1", "12768, U32767 W1", "12769, U20000 U12768 W1"})
  void unwrittenExtentsAreJoinedUpTo32767Blocks(int second, String expected) throws IOException {
    TestVolume volume = new TestVolume(4096, 100);
    putRoot(volume, 20000, true, second);

    volume.convertAll(20000 + second - 1, 1);

    assertThat(lengths(volume)).containsExactly(expected.split(" "));
  }

  private static void putRoot(TestVolume volume, int first, boolean unwritten, int second) {
    byte[] data = volume.root.block().data();
    int node = volume.root.offset();
    ExtentNode.replace(data, node, 0, 0, 2);
    ExtentNode.putExtent(data, node, 0, 0, 1000, first, unwritten);
    ExtentNode.putExtent(data, node, 1, first, 1000 + first, second, true);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 4096})
  void fullVolumeRefusesAConversionThatNeedsANodeAndChangesNothing(int blockSize)
      throws IOException {
    TestVolume volume = new TestVolume(blockSize, 100);
    volume.allocateAll(0, 50, UNWRITTEN);
    volume.convertAll(10, 2);
    BitSet others = takeAll(volume);
    List<String> before = lengths(volume);

    assertThatExceptionOfType(NoSpaceException.class)
        .isThrownBy(() -> volume.convert(30, 2))
        .withMessageContaining("0 free");

    assertThat(lengths(volume)).isEqualTo(before);
    Structure.check(volume, others);
    volume.convertAll(12, 2);
    assertThat(lengths(volume)).containsExactly("U10", "W4", "U36");
  }

  @Test
  void allocationThatGetsDataButNoNodeGivesTheDataBack() throws IOException {
    TestVolume volume = new TestVolume(1024, 200);
    for (int i = 0; i < 4; i++) {
      volume.allocate(i * 10L, 1, WRITTEN);
    }
    BitSet others = takeAll(volume);
    int last = others.length() - 1;
    volume.free(last, 1);
    others.clear(last);
    volume.commit();
    assertThat(volume.allocator.freeBlocks()).isEqualTo(1);

    assertThatExceptionOfType(NoSpaceException.class)
        .isThrownBy(() -> volume.allocate(100, 1, WRITTEN));

    assertThat(volume.allocator.freeBlocks()).isEqualTo(1);
    assertThat(volume.tree.count()).isEqualTo(4);
    Structure.check(volume, others);
  }

  @Test
  void splitThatGetsOnlySomeOfItsNodesGivesThemBack() throws IOException {
    // Root and last leaf are full: the next extent needs a leaf and a level, which is two nodes.
    TestVolume grown = new TestVolume(1024, 1200);
    int extents = 0;
    while (grown.tree.depth() < 2) {
      grown.allocate(2L * extents++, 1, WRITTEN);
    }
    TestVolume volume = new TestVolume(1024, 1200);
    fragment(volume, extents - 1);
    assertThat(volume.tree.depth()).isEqualTo(1);
    BitSet others = takeAll(volume);
    for (int i = 0; i < 2; i++) {
      int last = others.length() - 1;
      volume.free(last, 1);
      others.clear(last);
    }
    volume.commit();
    List<String> before = lengths(volume);

    long next = (extents - 1) * 2L;
    assertThatExceptionOfType(NoSpaceException.class)
        .isThrownBy(() -> volume.allocate(next, 1, WRITTEN));

    assertThat(volume.allocator.freeBlocks()).isEqualTo(2);
    assertThat(lengths(volume)).isEqualTo(before);
    Structure.check(volume, others);
  }

  @Test
  void modelStaysRightOnAVolumeThatIsOftenFull() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    ExtentModel model = new ExtentModel(new TestVolume(1024, 520), 600);
    for (int i = 0; i < 6000; i++) {
      int at = random.nextInt(600);
      switch (random.nextInt(12)) {
        case 0 -> model.truncate(600 - random.nextInt(100));
        case 1, 2 -> model.commit();
        case 3, 4 -> model.convert(at, 1 + random.nextInt(3));
        case 5 -> model.unconvert(at, 1 + random.nextInt(3));
        case 6 -> model.punch(at, 1 + random.nextInt(3));
        default -> model.allocate(at, 1 + random.nextInt(3), random.nextBoolean());
      }
      model.check();
    }
    assertThat(model.refusals()).isGreaterThan(100);
  }

  @Test
  void truncationKeepsTheFirstPartOfAnExtent() throws IOException {
    TestVolume volume = new TestVolume(4096, 200);
    volume.allocateAll(0, 100, UNWRITTEN);

    volume.truncate(33);

    assertThat(lengths(volume)).containsExactly("U33");
    Structure.check(volume);
  }

  @Test
  void truncationOfALargeTreeGoesOnWithNewHandles() throws IOException {
    TestVolume volume = new TestVolume(1024, 4000);
    fragment(volume, 1500);
    int handles = 0;
    boolean done = false;
    while (!done) {
      done =
          volume.change(
              volume.tree.truncateCredits() + 3, handle -> volume.tree.truncateTail(handle, 0));
      handles++;
      Structure.check(volume);
    }

    assertThat(handles).isBetween(2, 200);
    assertThat(volume.tree.depth()).isZero();
    volume.commit();
    assertThat(volume.allocator.freeBlocks()).isEqualTo(dataBlocks(volume));
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 4096})
  void treeBuiltBackwardsHasExactKeysOnAllLevels(int blockSize) throws IOException {
    TestVolume volume = new TestVolume(blockSize, 8000);
    int extents = 6 * ExtentNode.maxEntries(blockSize);
    for (int i = extents; i > 0; i--) {
      volume.allocate(i * 2L, 1, UNWRITTEN);
      if (i % 5 == 0) {
        Structure.check(volume);
      }
    }
    assertThat(Structure.check(volume).depth).isEqualTo(2);
    assertThat(volume.tree.count()).isEqualTo(extents);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 4096})
  void extentsJoinedFrontToBackGiveTheirNodesBackOneByOne(int blockSize) throws IOException {
    int extents = 6 * ExtentNode.maxEntries(blockSize);
    TestVolume volume = new TestVolume(blockSize, 3L * extents);
    fragment(volume, extents);
    assertThat(volume.tree.depth()).isEqualTo(2);

    for (int i = 0; i < extents - 1; i++) {
      volume.allocate(i * 2L + 1, 1, UNWRITTEN);
      Structure.check(volume);
    }

    assertThat(lengths(volume)).containsExactly("U" + (2 * extents - 1));
    assertThat(volume.tree.depth()).isZero();
  }

  @Test
  void lastEntryOfATreeThatIsDeeperThanItNeedsToBeEmptiesIt() throws IOException {
    TestVolume volume = new TestVolume(1024, 100);
    Mapping run = volume.allocate(7, 3, WRITTEN);
    long number = volume.take(volume.geometry.groupFirst(0) + 50, 1).start();
    MetaBlock leaf = volume.cache.fresh(number, ExtentNode.SEAL);
    ExtentNode.init(leaf.data(), 0, ExtentNode.maxEntries(1024), 0);
    byte[] root = volume.root.block().data();
    int node = volume.root.offset();
    ExtentNode.copyTail(root, node, 0, leaf.data(), 0);
    ExtentNode.putDepth(root, node, 1);
    ExtentNode.putIndex(root, node, 0, 7, number);
    assertThat(volume.map(7, 9).physical()).isEqualTo(run.physical());

    volume.truncate(0);

    Structure empty = Structure.check(volume);
    assertThat(empty.extents).isEmpty();
    assertThat(empty.depth).isZero();
  }

  @Test
  void freedBlocksAreNotGivenOutBeforeTheCommit() throws IOException {
    TestVolume volume = new TestVolume(1024, 100);
    volume.allocateAll(0, 99, WRITTEN);
    volume.truncate(0);

    assertThat(volume.allocator.freeBlocks()).isZero();
    assertThat(volume.allocator.pinnedBlocks()).isEqualTo(99);
    assertThatExceptionOfType(NoSpaceException.class)
        .isThrownBy(() -> volume.allocate(0, 1, WRITTEN))
        .withMessageContaining("99 more after a commit");

    volume.commit();
    assertThat(volume.allocate(0, 99, WRITTEN).blocks()).isEqualTo(99);
    Structure.check(volume);
  }

  @Test
  void callWithTooFewCreditsFailsBeforeAnythingChanges() throws IOException {
    TestVolume volume = new TestVolume(1024, 1000);
    fragment(volume, 400);
    List<String> before = lengths(volume);
    int convert = volume.tree.convertCredits() - 1;
    int insert = volume.tree.insertCredits() - 1;
    int truncate = volume.tree.truncateCredits() - 1;

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> volume.change(convert, h -> volume.tree.convert(h, 0, 1)))
        .withMessageContaining("credits");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(
            () ->
                volume.change(
                    insert,
                    h -> {
                      volume.tree.allocate(h, 1, 1, WRITTEN, new Mapping());
                      return true;
                    }));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> volume.change(truncate, h -> volume.tree.truncateTail(h, 0)));
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> volume.change(convert, h -> volume.tree.unconvert(h, 0, 1)))
        .withMessageContaining("credits");
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> volume.change(insert, h -> volume.tree.punch(h, 0, 1)))
        .withMessageContaining("credits");
    assertThat(lengths(volume)).isEqualTo(before);
    Structure.check(volume);
  }

  @Test
  void creditBoundsFollowTheDocumentedFormulas() throws IOException {
    TestVolume volume = new TestVolume(1024, 60_000);
    int groups = volume.geometry.groupCount();
    assertThat(groups).isEqualTo(8);
    int extents = 0;
    for (int depth = 0; depth < 3; depth++) {
      while (volume.tree.depth() < depth) {
        volume.allocate(extents++ * 2L, 1, WRITTEN);
      }
      assertThat(volume.tree.convertCredits())
          .isEqualTo(3 + 3 * depth + Math.min(groups, 3 * depth + 1));
      assertThat(volume.tree.insertCredits())
          .isEqualTo(3 + 3 * depth + Math.min(groups, 3 * depth + 2));
      assertThat(volume.tree.punchCredits())
          .isEqualTo(3 + 3 * depth + Math.min(groups, 3 * depth + 2));
      assertThat(volume.tree.truncateCredits())
          .isEqualTo(2 + depth + Math.min(groups, 2 * depth + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 4096})
  void treeSurvivesItsWayToTheDeviceAndBack(int blockSize) throws IOException {
    TestVolume volume = new TestVolume(blockSize, 8000);
    fragment(volume, 3000);
    volume.truncate(5000);
    volume.commit();
    List<String> before = lengths(volume);
    long free = volume.allocator.freeBlocks();

    volume.checkpoint();
    volume.open();

    assertThat(lengths(volume)).isEqualTo(before);
    assertThat(volume.allocator.freeBlocks()).isEqualTo(free);
    Structure.check(volume);
  }

  @Test
  void damagedNodeIsRefusedAtItsFirstUse() throws IOException {
    TestVolume volume = new TestVolume(1024, 2000);
    fragment(volume, 600);
    volume.checkpoint();
    long node = Structure.check(volume).nodes.get(1);
    byte[] intact = volume.read(node);

    for (int at = 0; at < intact.length; at += 7) {
      byte[] damaged = intact.clone();
      damaged[at] ^= 0x10;
      volume.write(node, damaged);
      volume.open();
      assertThatExceptionOfType(CorruptImageException.class)
          .as("byte %d", at)
          .isThrownBy(() -> volume.tree.count())
          .withMessageContaining("block " + node);
    }
    volume.write(node, intact);
    volume.open();
    Structure.check(volume);
  }

  @Test
  void nodeOfAnotherLevelIsRefused() throws IOException {
    TestVolume volume = new TestVolume(1024, 2000);
    fragment(volume, 600);
    Structure structure = Structure.check(volume);
    assertThat(structure.depth).isEqualTo(2);
    // The root points past the level below it, straight to a leaf.
    MetaBlock root = volume.root.block();
    long leaf = structure.nodes.get(1);
    ExtentNode.putIndex(root.data(), volume.root.offset(), 0, 0, leaf);

    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> volume.map(0, 1))
        .withMessageContaining("depth is 0, expected 1");
  }

  @Test
  void nodeThatBeginsBeforeItsParentSaysIsRefusedInsteadOfAllocatedTwice() throws IOException {
    TestVolume volume = new TestVolume(1024, 2000);
    fragment(volume, 20);
    MetaBlock root = volume.root.block();
    long child = ExtentNode.child(root.data(), volume.root.offset(), 0);
    ExtentNode.putIndex(root.data(), volume.root.offset(), 0, Integer.MAX_VALUE, child);

    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> volume.allocate(0, 1, WRITTEN))
        .withMessageContaining("extent node in block " + child)
        .withMessageContaining("begins at logical block 0, before the 2147483647 of its parent");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 9, 10, 105, 110, 1L << 47})
  void extentOutsideOfTheGroupsIsRefused(long physical) throws IOException {
    TestVolume volume = new TestVolume(1024, 100);
    volume.allocate(0, 8, WRITTEN);
    MetaBlock root = volume.root.block();
    ExtentNode.putExtent(root.data(), volume.root.offset(), 0, 0, physical, 8, false);

    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> volume.map(0, 8))
        .withMessageContaining("logical block 0")
        .withMessageContaining("blocks " + physical + " to " + (physical + 7))
        .withMessageContaining("within 11 to 109");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 8, 10, 110, (1L << 48) - 1})
  void nodeAtABlockThatHoldsNoneIsRefused(long block) throws IOException {
    TestVolume volume = new TestVolume(1024, 100);
    fragment(volume, 20);
    MetaBlock root = volume.root.block();
    ExtentNode.putIndex(root.data(), volume.root.offset(), 0, 0, block);

    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> volume.map(0, 1))
        .withMessageContaining("block " + block);
    assertThatExceptionOfType(CorruptImageException.class).isThrownBy(() -> volume.tree.count());
    assertThatExceptionOfType(CorruptImageException.class).isThrownBy(() -> volume.truncate(0));
  }

  @Test
  void rootOfAnotherKindIsRefused() throws IOException {
    TestVolume volume = new TestVolume(1024, 100);
    byte[] data = volume.root.block().data();
    data[volume.root.offset()] ^= 1;

    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> new ExtentTree(volume.cache, volume.allocator, volume.root, 0))
        .withMessageContaining("magic");
  }

  @Test
  void freeingBlocksThatTheBitmapHasAsFreeIsReportedAndChangesNothing() throws IOException {
    TestVolume volume = new TestVolume(1024, 100);
    Mapping run = volume.allocate(0, 20, WRITTEN);
    volume.free(run.physical() + 15, 1);

    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> volume.truncate(10))
        .withMessageContaining("block " + (run.physical() + 15));
    assertThat(lengths(volume)).containsExactly("W20");
  }

  @Test
  void visitorSeesEveryNodeBeforeItsExtents() throws IOException {
    TestVolume volume = new TestVolume(1024, 2000);
    fragment(volume, 600);
    List<Long> nodes = new ArrayList<>();
    List<Long> logical = new ArrayList<>();

    volume.tree.forEach(
        new ExtentVisitor() {
          @Override
          public void extent(long first, long physical, int blocks, ExtentState state) {
            logical.add(first);
          }

          @Override
          public void node(long block, int depth) {
            nodes.add(block);
          }
        });

    assertThat(nodes).containsExactlyElementsOf(Structure.check(volume).nodes);
    assertThat(logical).hasSize(600).isSorted();
    assertThat(volume.tree.count()).isEqualTo(600);
  }

  /** One unwritten extent as far as groups allow. */
  private static TestVolume contiguousVolume(int blockSize, int blocks) throws IOException {
    TestVolume volume = new TestVolume(blockSize, blocks + 2000L);
    volume.allocateAll(0, blocks, UNWRITTEN);
    return volume;
  }

  /** Every second logical block. */
  private static void fragment(TestVolume volume, int extents) throws IOException {
    for (int i = 0; i < extents; i++) {
      volume.allocate(i * 2L, 1, UNWRITTEN);
    }
  }

  /** Gives all free blocks to somebody else. */
  private static BitSet takeAll(TestVolume volume) throws IOException {
    BitSet taken = new BitSet();
    while (volume.allocator.freeBlocks() > 0) {
      BlockRun run = volume.take(0, Long.MAX_VALUE);
      taken.set((int) run.start(), (int) run.start() + run.count());
    }
    return taken;
  }

  private static long dataBlocks(TestVolume volume) {
    long sum = 0;
    for (int group = 0; group < volume.geometry.groupCount(); group++) {
      sum += volume.geometry.groupBlocks(group) - 1;
    }
    return sum;
  }

  private static List<String> lengths(TestVolume volume) throws IOException {
    List<String> lengths = new ArrayList<>();
    volume.tree.forEach(
        (logical, physical, blocks, state) -> lengths.add((state == WRITTEN ? "W" : "U") + blocks));
    return lengths;
  }

  private static int[] shuffled(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
