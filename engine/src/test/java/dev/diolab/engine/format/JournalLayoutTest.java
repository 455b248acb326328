package dev.diolab.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The blocks that the journal writes: what is stored comes back, what is damaged is noticed. */
class JournalLayoutTest {
  private static final int BLOCK_SIZE = 1024;

  @ParameterizedTest
  @CsvSource({"1024, 62, 125", "2048, 126, 253", "4096, 254, 509"})
  void capacitiesFollowFromTheBlockSize(int blockSize, int tags, int revokes) {
    assertThat(DescriptorBlock.capacity(blockSize)).isEqualTo(tags);
    assertThat(RevokeBlock.capacity(blockSize)).isEqualTo(revokes);
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 4096})
  void lastEntryLiesInsideTheBlockAndOneMoreDoesNot(int blockSize) {
    byte[] block = new byte[blockSize];
    int tags = DescriptorBlock.capacity(blockSize);
    int revokes = RevokeBlock.capacity(blockSize);

    assertThatCode(() -> DescriptorBlock.putTag(block, tags - 1, -1, -1, -1))
        .doesNotThrowAnyException();
    assertThatCode(() -> RevokeBlock.put(block, revokes - 1, -1)).doesNotThrowAnyException();
    assertThatThrownBy(() -> DescriptorBlock.putTag(block, tags, -1, -1, -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> RevokeBlock.put(block, revokes, -1))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Property(tries = 200)
  void descriptorGivesItsTagsBack(
      @ForAll @Size(min = 1, max = 62) List<Long> homes,
      @ForAll @LongRange(min = 1) long tid,
      @ForAll int crc) {
    byte[] block = new byte[BLOCK_SIZE];
    for (int i = 0; i < homes.size(); i++) {
      int flags = i % 2 == 0 ? DescriptorBlock.ESCAPE : 0;
      DescriptorBlock.putTag(block, i, homes.get(i), flags, crc + i);
    }
    JournalHeader.seal(block, JournalHeader.DESCRIPTOR, tid, homes.size());

    assertThat(DescriptorBlock.isValid(block, tid)).isTrue();
    assertThat(DescriptorBlock.isValid(block, tid + 1)).isFalse();
    assertThat(RevokeBlock.isValid(block, tid)).isFalse();
    assertThat(CommitBlock.isValid(block, tid, homes.size())).isFalse();
    assertThat(JournalHeader.count(block)).isEqualTo(homes.size());
    for (int i = 0; i < homes.size(); i++) {
      assertThat(DescriptorBlock.home(block, i)).isEqualTo(homes.get(i));
      assertThat(DescriptorBlock.isEscaped(block, i)).isEqualTo(i % 2 == 0);
      assertThat(DescriptorBlock.copyCrc(block, i)).isEqualTo(crc + i);
    }
  }

  @Property(tries = 200)
  void revokeBlockGivesItsNumbersBack(
      @ForAll @Size(min = 1, max = 125) List<Long> numbers, @ForAll @LongRange(min = 1) long tid) {
    byte[] block = new byte[BLOCK_SIZE];
    for (int i = 0; i < numbers.size(); i++) {
      RevokeBlock.put(block, i, numbers.get(i));
    }
    JournalHeader.seal(block, JournalHeader.REVOKE, tid, numbers.size());

    assertThat(RevokeBlock.isValid(block, tid)).isTrue();
    assertThat(RevokeBlock.isValid(block, tid + 1)).isFalse();
    assertThat(DescriptorBlock.isValid(block, tid)).isFalse();
    for (int i = 0; i < numbers.size(); i++) {
      assertThat(RevokeBlock.get(block, i)).isEqualTo(numbers.get(i));
    }
  }

  @Property(tries = 200)
  void commitRecordFitsOnlyItsTransaction(
      @ForAll @LongRange(min = 1) long tid,
      @ForAll @IntRange(min = 1) int logBlocks,
      @ForAll long wallMillis) {
    byte[] block = new byte[BLOCK_SIZE];
    Arrays.fill(block, (byte) 0x5A);
    CommitBlock.fill(block, tid, logBlocks, wallMillis);

    assertThat(CommitBlock.isValid(block, tid, logBlocks)).isTrue();
    assertThat(CommitBlock.isValid(block, tid + 1, logBlocks)).isFalse();
    assertThat(CommitBlock.isValid(block, tid, logBlocks - 1L)).isFalse();
    assertThat(CommitBlock.wallMillis(block)).isEqualTo(wallMillis);
  }

  @Property(tries = 200)
  void superblockGivesItsTailBack(
      @ForAll @LongRange(min = 0) long firstBlock,
      @ForAll @IntRange(min = 1) int logBlocks,
      @ForAll @IntRange(min = 0) int tail,
      @ForAll @LongRange(min = 1) long tid)
      throws CorruptImageException {
    byte[] block = new byte[BLOCK_SIZE];
    JournalSuperblock.fill(block, firstBlock, logBlocks, tail % logBlocks, tid);

    JournalSuperblock.verify(block, firstBlock, logBlocks);
    assertThat(JournalSuperblock.tailPosition(block)).isEqualTo(tail % logBlocks);
    assertThat(JournalSuperblock.tailTid(block)).isEqualTo(tid);
  }

  @ParameterizedTest
  @CsvSource({
    "101, 63, 5, 7, 'first block is 101, expected 100'",
    "100, 62, 5, 7, 'log blocks is 62, expected 63'",
    "100, 63, 63, 7, 'tail position 63 is outside of 0..62'",
    "100, 63, -1, 7, 'tail position -1'",
    "100, 63, 5, 0, 'tail tid 0 is below 1'"
  })
  void superblockOfAnotherGeometryIsRefused(
      long firstBlock, int logBlocks, int tail, long tid, String message) {
    byte[] block = new byte[BLOCK_SIZE];
    JournalSuperblock.fill(block, firstBlock, logBlocks, tail, tid);

    assertThatThrownBy(() -> JournalSuperblock.verify(block, 100, 63))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("journal superblock in block 100")
        .hasMessageContaining(message);
  }

  @Test
  void superblockOfALargerBlockSizeIsRefused() {
    byte[] large = new byte[2 * BLOCK_SIZE];
    JournalSuperblock.fill(large, 100, 63, 5, 7);
    byte[] block = Arrays.copyOf(large, BLOCK_SIZE);

    assertThatThrownBy(() -> JournalSuperblock.verify(block, 100, 63))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("checksum");
  }

  @Test
  void blockWithoutMagicIsNotASuperblock() {
    assertThatThrownBy(() -> JournalSuperblock.verify(new byte[BLOCK_SIZE], 100, 63))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("magic is 0x00000000");
  }

  @Test
  void everyFlippedBitIsNoticed() {
    byte[] block = new byte[BLOCK_SIZE];
    CommitBlock.fill(block, 7, 3, 12345);
    for (int bit = 0; bit < BLOCK_SIZE * Byte.SIZE; bit++) {
      block[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      assertThat(JournalHeader.isSealed(block)).as("bit %d flipped", bit).isFalse();
      block[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
    }
    assertThat(JournalHeader.isSealed(block)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 63})
  void descriptorWithAnImpossibleCountIsNotValid(int count) {
    byte[] block = new byte[BLOCK_SIZE];
    JournalHeader.seal(block, JournalHeader.DESCRIPTOR, 7, count);

    assertThat(JournalHeader.isSealed(block)).isTrue();
    assertThat(DescriptorBlock.isValid(block, 7)).isFalse();
  }

  @Property(tries = 200)
  void checksumOfACopyDependsOnTheTransaction(@ForAll @Size(1024) byte[] copy, @ForAll long tid) {
    int crc = DescriptorBlock.copyChecksum(tid, copy);

    assertThat(DescriptorBlock.copyChecksum(tid, copy)).isEqualTo(crc);
    assertThat(DescriptorBlock.copyChecksum(tid + 1, copy)).isNotEqualTo(crc);
  }

  @Test
  void checksumOfACopyTellsTwoSealedVersionsOfABlockApart() {
    for (BlockSeal seal :
        List.of(ExtentNode.SEAL, BitmapBlock.SEAL, InodeRecord.SEAL, Superblock.SEAL)) {
      byte[] older = new byte[BLOCK_SIZE];
      byte[] newer = new byte[BLOCK_SIZE];
      newer[40] = 1;
      seal.seal(older, 99);
      seal.seal(newer, 99);

      assertThat(DescriptorBlock.copyChecksum(7, newer))
          .isNotEqualTo(DescriptorBlock.copyChecksum(7, older));
    }
  }

  @Test
  void layoutWithAGapAnOverlapOrWithoutAlignmentDoesNotLoad() {
    assertThatThrownBy(() -> LayoutCheck.adjacent(0, 4, 8, 8, 16))
        .isInstanceOf(AssertionError.class)
        .hasMessage("field 0 ends at offset 4, but the next begins at 8");
    assertThatThrownBy(() -> LayoutCheck.adjacent(0, 8, 4, 4, 8))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(() -> LayoutCheck.adjacent(0, 4, 4, 8, 12))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("not aligned");
    assertThatThrownBy(() -> LayoutCheck.withinFirstSector(513)).isInstanceOf(AssertionError.class);
    assertThatCode(() -> LayoutCheck.adjacent(0, 4, 4, 4, 8, 8, 16)).doesNotThrowAnyException();
  }
}
