package dev.diolab.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BitmapBlockTest {
  private static final long NUMBER = 99;

  @ParameterizedTest
  @CsvSource({"1024, 8064", "2048, 16256", "4096, 32640"})
  void bitmapCoversWholeWords(int blockSize, int expected) {
    assertThat(BitmapBlock.capacity(blockSize)).isEqualTo(expected);
    assertThat(expected % Long.SIZE).isZero();
  }

  @Test
  void newBitmapHasItselfAndTheMissingBlocksSet() {
    byte[] block = new byte[1024];
    BitmapBlock.init(block, 5, 100);

    assertThat(BitmapBlock.group(block)).isEqualTo(5);
    assertThat(BitmapBlock.countFree(block)).isEqualTo(99);
    assertThat(BitmapBlock.isSet(block, 0)).isTrue();
    assertThat(BitmapBlock.isSet(block, 1)).isFalse();
    assertThat(BitmapBlock.isSet(block, 99)).isFalse();
    assertThat(BitmapBlock.isSet(block, 100)).isTrue();
    assertThat(BitmapBlock.isSet(block, 8063)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 8065})
  void groupOfImpossibleLengthIsRefused(int blocks) {
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> BitmapBlock.init(new byte[1024], 0, blocks))
        .withMessageContaining("expected 2 to 8064");
  }

  @Property(tries = 1000)
  void fillAndSearchAgreeWithABitSet(
      @ForAll @IntRange(max = 8064) int a,
      @ForAll @IntRange(max = 8064) int b,
      @ForAll @IntRange(max = 8064) int c,
      @ForAll @IntRange(max = 8064) int d) {
    byte[] block = new byte[1024];
    BitSet expected = new BitSet();
    int from = Math.min(a, b);
    int to = Math.max(a, b);
    BitmapBlock.fill(block, from, to, true);
    expected.set(from, to);
    int clearFrom = Math.min(c, d);
    int clearTo = Math.max(c, d);
    BitmapBlock.fill(block, clearFrom, clearTo, false);
    expected.clear(clearFrom, clearTo);

    for (int bit = 0; bit < 8064; bit++) {
      if (BitmapBlock.isSet(block, bit) != expected.get(bit)) {
        throw new AssertionError("bit " + bit);
      }
    }
    assertThat(BitmapBlock.countFree(block)).isEqualTo(8064 - expected.cardinality());
    assertThat(BitmapBlock.nextClear(block, from, 8064))
        .isEqualTo(Math.min(8064, expected.nextClearBit(from)));
    assertThat(BitmapBlock.nextClear(block, from, to))
        .isEqualTo(Math.min(to, expected.nextClearBit(from)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 4096})
  void sealFindsEveryFlippedByteAndAnotherPlace(int blockSize) {
    byte[] block = new byte[blockSize];
    BitmapBlock.init(block, 1, 1000);
    BitmapBlock.SEAL.seal(block, NUMBER);
    assertThatCode(() -> BitmapBlock.SEAL.verify(block, NUMBER)).doesNotThrowAnyException();

    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> BitmapBlock.SEAL.verify(block, NUMBER - 1));
    for (int at = 0; at < blockSize; at++) {
      byte[] damaged = block.clone();
      damaged[at] ^= 0x20;
      assertThatExceptionOfType(CorruptImageException.class)
          .as("byte %d", at)
          .isThrownBy(() -> BitmapBlock.SEAL.verify(damaged, NUMBER))
          .withMessageContaining("block 99");
    }
  }

  @Test
  void sealStoresTheFreeCount() {
    byte[] block = new byte[1024];
    BitmapBlock.init(block, 1, 1000);
    BitmapBlock.fill(block, 10, 20, true);
    BitmapBlock.SEAL.seal(block, NUMBER);

    assertThat(Bytes.getInt(block, 1024 - 8)).isEqualTo(989);
  }

  @Test
  void wellSealedBitmapThatDoesNotCoverItselfIsRefused() {
    byte[] block = new byte[1024];
    BitmapBlock.init(block, 1, 1000);
    BitmapBlock.fill(block, 0, 1, false);
    BitmapBlock.SEAL.seal(block, NUMBER);

    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> BitmapBlock.SEAL.verify(block, NUMBER))
        .withMessageContaining("bit of the bitmap block");
  }
}
