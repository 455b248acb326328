package dev.diolab.engine.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.diolab.engine.format.ExtentNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holes punched into a tree, and written extents made unwritten in place. */
class ExtentPunchTest {
  private static final ExtentState WRITTEN = ExtentState.WRITTEN;
  private static final ExtentState UNWRITTEN = ExtentState.UNWRITTEN;

  @ParameterizedTest
  @CsvSource({
    "0, 30, 30:W70",
    "70, 100, 0:W70",
    "40, 60, 0:W40 60:W40",
    "0, 100, ''",
    "90, 4000000000, 0:W90"
  })
  void punchFreesItsRangeAndNothingElse(long from, long to, String expected) throws IOException {
    TestVolume volume = new TestVolume(4096, 200);
    volume.allocateAll(0, 100, WRITTEN);
    long first = volume.map(0, 1).physical();

    volume.punch(from, to);

    assertThat(String.join(" ", extents(volume))).isEqualTo(expected);
    Structure.check(volume);
    if (volume.map(99, 1).state() == WRITTEN) {
      assertThat(volume.map(99, 1).physical()).isEqualTo(first + 99);
    }
    volume.commit();
    long freed = Math.min(100, to) - from;
    assertThat(volume.allocator.freeBlocks()).isEqualTo(199 - 100 + freed);
  }

  @Test
  void punchOfAHoleChangesNothing() throws IOException {
    TestVolume volume = new TestVolume(4096, 200);
    volume.allocateAll(10, 5, UNWRITTEN);
    volume.allocateAll(30, 5, WRITTEN);

    volume.punch(15, 30);
    volume.punch(0, 10);
    volume.punch(35, 1000);

    assertThat(extents(volume)).containsExactly("10:U5", "30:W5");
    assertThat(volume.allocator.pinnedBlocks()).isZero();
  }

  @Test
  void punchOfTheWholeFileFreesAllNodes() throws IOException {
    TestVolume volume = new TestVolume(1024, 4000);
    fragment(volume, 1500);
    assertThat(volume.tree.depth()).isEqualTo(2);

    int handles = volume.punch(0, ExtentNode.MAX_LOGICAL_BLOCKS);

    assertThat(handles).isGreaterThan(1);
    Structure empty = Structure.check(volume);
    assertThat(empty.extents).isEmpty();
    assertThat(empty.nodes).isEmpty();
    assertThat(empty.depth).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 4096})
  void eachHandleOfALongPunchLeavesASoundTree(int blockSize) throws IOException {
    TestVolume volume = new TestVolume(blockSize, 4000);
    fragment(volume, 1500);
    int handles = 0;
    boolean done = false;
    while (!done) {
      done =
          volume.change(
              volume.tree.punchCredits() + 3, handle -> volume.tree.punch(handle, 301, 2700));
      handles++;
      Structure.check(volume);
    }

    assertThat(handles).isBetween(2, 1200);
    assertThat(volume.map(301, 10_000).blocks()).isEqualTo(2700 - 301);
    assertThat(volume.map(300, 1).state()).isEqualTo(UNWRITTEN);
    assertThat(volume.map(2700, 1).state()).isEqualTo(UNWRITTEN);
    assertThat(volume.tree.count()).isEqualTo(151 + 150);
  }

  @Test
  void punchedBlocksAreNotGivenOutBeforeTheCommit() throws IOException {
    TestVolume volume = new TestVolume(1024, 100);
    volume.allocateAll(0, 99, WRITTEN);
    volume.punch(0, 50);

    assertThatExceptionOfType(NoSpaceException.class)
        .isThrownBy(() -> volume.allocate(0, 1, WRITTEN))
        .withMessageContaining("50 more after a commit");

    volume.commit();
    volume.allocateAll(0, 50, WRITTEN);
    Structure.check(volume);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 4096})
  void fullVolumeRefusesACutThatNeedsANodeAndChangesNothing(int blockSize) throws IOException {
    TestVolume volume = new TestVolume(blockSize, 100);
    volume.allocateAll(0, 50, WRITTEN);
    volume.unconvert(10, 2);
    volume.allocateAll(100, 1, WRITTEN); // the root is full now
    BitSet others = takeAll(volume);
    List<String> before = extents(volume);

    assertThatExceptionOfType(NoSpaceException.class).isThrownBy(() -> volume.punch(30, 32));
    assertThatExceptionOfType(NoSpaceException.class).isThrownBy(() -> volume.unconvert(30, 2));

    assertThat(extents(volume)).isEqualTo(before);
    Structure.check(volume, others);
    volume.punch(12, 14);
    assertThat(extents(volume)).containsExactly("0:W10", "10:U2", "14:W36", "100:W1");
    Structure.check(volume, others);
  }

  @Test
  void zeroingOfTheMiddleMakesThreeExtentsInPlace() throws IOException {
    TestVolume volume = new TestVolume(4096, 200);
    volume.allocateAll(0, 100, WRITTEN);
    long first = volume.map(0, 1).physical();

    assertThat(volume.unconvert(40, 20)).isEqualTo(20);

    assertThat(extents(volume)).containsExactly("0:W40", "40:U20", "60:W40");
    assertThat(volume.map(40, 1).physical()).isEqualTo(first + 40);
    assertThat(volume.unconvert(40, 60)).as("unwritten already").isEqualTo(20);
  }

  @Test
  void zeroingJoinsUnwrittenNeighboursAndConversionUndoesIt() throws IOException {
    TestVolume volume = new TestVolume(4096, 200);
    volume.allocateAll(0, 90, WRITTEN);
    volume.unconvert(0, 30);
    volume.unconvert(60, 30);
    volume.unconvert(30, 30);
    assertThat(extents(volume)).containsExactly("0:U90");

    volume.convertAll(0, 90);

    assertThat(extents(volume)).containsExactly("0:W90");
    Structure.check(volume);
  }

  /** No group is that long, so the extents are put into the root by hand. */
  @Test
  void zeroingStopsAtTheLongestUnwrittenExtent() throws IOException {
    TestVolume volume = new TestVolume(4096, 100);
    putRoot(volume, 32768, 100);

    assertThat(volume.unconvert(0, 40_000)).isEqualTo(32767);
    assertThat(extents(volume)).containsExactly("0:U32767", "32767:W101");
    assertThat(volume.unconvert(32767, 1)).isEqualTo(1);

    assertThat(extents(volume)).containsExactly("0:U32767", "32767:U1", "32768:W100");
  }

  /** Two extents that were too long to be one can be one when the second loses its first part. */
  @Test
  void cutThatMakesAnExtentShortEnoughJoinsItWithItsNeighbour() throws IOException {
    TestVolume volume = new TestVolume(4096, 100);
    putRoot(volume, 20_000, 20_000);

    volume.unconvert(25_000, 15_000);

    assertThat(extents(volume)).containsExactly("0:W25000", "25000:U15000");
  }

  @Test
  void zeroingOfAHoleIsABugOfTheCaller() throws IOException {
    TestVolume volume = new TestVolume(4096, 200);
    volume.allocateAll(0, 10, WRITTEN);

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> volume.unconvert(10, 1))
        .withMessageContaining("10");
  }

  private static void putRoot(TestVolume volume, int first, int second) {
    byte[] data = volume.root.block().data();
    int node = volume.root.offset();
    ExtentNode.replace(data, node, 0, 0, 2);
    ExtentNode.putExtent(data, node, 0, 0, 1000, first, false);
    ExtentNode.putExtent(data, node, 1, first, 1000 + first, second, false);
  }

  private static void fragment(TestVolume volume, int extents) throws IOException {
    for (int i = 0; i < extents; i++) {
      volume.allocate(i * 2L, 1, UNWRITTEN);
    }
  }

  private static BitSet takeAll(TestVolume volume) throws IOException {
    BitSet taken = new BitSet();
    while (volume.allocator.freeBlocks() > 0) {
      BlockRun run = volume.take(0, Long.MAX_VALUE);
      taken.set((int) run.start(), (int) run.start() + run.count());
    }
    return taken;
  }

  private static List<String> extents(TestVolume volume) throws IOException {
    List<String> extents = new ArrayList<>();
    volume.tree.forEach(
        (logical, physical, blocks, state) ->
            extents.add(logical + ":" + (state == WRITTEN ? "W" : "U") + blocks));
    return extents;
  }
}
