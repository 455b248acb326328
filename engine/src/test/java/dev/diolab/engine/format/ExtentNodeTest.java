package dev.diolab.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtentNodeTest {
  private static final long NUMBER = 77;

  @ParameterizedTest
  @CsvSource({"1024, 84", "2048, 169", "4096, 340"})
  void nodeHoldsAsManyEntriesAsFitBeforeTheChecksum(int blockSize, int expected) {
    assertThat(ExtentNode.maxEntries(blockSize)).isEqualTo(expected);
  }

  @Test
  void rootTakesSixtyBytes() {
    assertThat(ExtentNode.ROOT_BYTES).isEqualTo(60);
  }

  @ParameterizedTest
  @CsvSource({"1, false, 1", "32768, false, 32768", "1, true, 32769", "32767, true, 65535"})
  void lengthCarriesTheState(int length, boolean unwritten, int stored) {
    byte[] block = leaf(1024);
    ExtentNode.replace(block, 0, 0, 0, 1);
    ExtentNode.putExtent(block, 0, 0, 0xFFFF_FFFEL, 0xFEDC_BA98_7654L, length, unwritten);

    assertThat(Bytes.getU16(block, 16)).isEqualTo(stored);
    assertThat(ExtentNode.length(block, 0, 0)).isEqualTo(length);
    assertThat(ExtentNode.isUnwritten(block, 0, 0)).isEqualTo(unwritten);
    assertThat(ExtentNode.logical(block, 0, 0)).isEqualTo(0xFFFF_FFFEL);
    assertThat(ExtentNode.physical(block, 0, 0)).isEqualTo(0xFEDC_BA98_7654L);
  }

  @Test
  void indexEntryHoldsA48BitChild() {
    byte[] block = leaf(1024);
    ExtentNode.replace(block, 0, 0, 0, 1);
    ExtentNode.putIndex(block, 0, 0, 0x8000_0001L, 0xFEDC_BA98_7654L);

    assertThat(ExtentNode.logical(block, 0, 0)).isEqualTo(0x8000_0001L);
    assertThat(ExtentNode.child(block, 0, 0)).isEqualTo(0xFEDC_BA98_7654L);
  }

  @Test
  void searchFindsTheLastEntryThatBeginsAtOrBefore() {
    byte[] block = leaf(1024, 10, 20, 0x9000_0000L);

    assertThat(ExtentNode.search(block, 0, 9)).isEqualTo(-1);
    assertThat(ExtentNode.search(block, 0, 10)).isZero();
    assertThat(ExtentNode.search(block, 0, 19)).isZero();
    assertThat(ExtentNode.search(block, 0, 20)).isEqualTo(1);
    assertThat(ExtentNode.search(block, 0, 0x8FFF_FFFFL)).isEqualTo(1);
    assertThat(ExtentNode.search(block, 0, 0xFFFF_FFFFL)).isEqualTo(2);
    assertThat(ExtentNode.search(leaf(1024), 0, 5)).isEqualTo(-1);
  }

  @Test
  void replaceMovesTheEntriesBehind() {
    byte[] block = leaf(1024, 10, 20, 30);

    ExtentNode.replace(block, 0, 1, 2, 3);

    assertThat(ExtentNode.entries(block, 0)).isEqualTo(5);
    assertThat(ExtentNode.logical(block, 0, 0)).isEqualTo(10);
    assertThat(ExtentNode.logical(block, 0, 4)).isEqualTo(30);
  }

  @Test
  void entriesThatDoNotFitAreABug() {
    byte[] block = leaf(1024);

    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> ExtentNode.replace(block, 0, 0, 0, 85))
        .withMessageContaining("85");
  }

  @ParameterizedTest
  @ValueSource(ints = {1024, 2048, 4096})
  void sealFindsEveryFlippedByteAndAnotherPlace(int blockSize) {
    byte[] block = leaf(blockSize, 10, 20, 30);
    ExtentNode.SEAL.seal(block, NUMBER);
    assertThatCode(() -> ExtentNode.SEAL.verify(block, NUMBER)).doesNotThrowAnyException();

    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> ExtentNode.SEAL.verify(block, NUMBER + 1));
    for (int at = 0; at < blockSize; at++) {
      byte[] damaged = block.clone();
      damaged[at] ^= 1;
      assertThatExceptionOfType(CorruptImageException.class)
          .as("byte %d", at)
          .isThrownBy(() -> ExtentNode.SEAL.verify(damaged, NUMBER))
          .withMessageContaining("block 77");
    }
  }

  @Test
  void wellSealedNonsenseIsFoundToo() {
    byte[] unsorted = leaf(1024, 10, 9);
    refused(unsorted, "entry 1 begins at 9");

    byte[] overlapping = leaf(1024, 10, 12);
    ExtentNode.putExtent(overlapping, 0, 0, 10, 500, 3, false);
    refused(overlapping, "entry 1 begins at 12, expected 13");

    byte[] empty = leaf(1024, 10);
    ExtentNode.putExtent(empty, 0, 0, 10, 500, 0, false);
    refused(empty, "length 0");

    byte[] tooLong = leaf(1024, 0xFFFF_FFFFL);
    ExtentNode.putExtent(tooLong, 0, 0, 0xFFFF_FFFFL, 500, 2, true);
    refused(tooLong, "ends at 4294967297");

    byte[] deep = leaf(1024, 10);
    ExtentNode.putDepth(deep, 0, 6);
    refused(deep, "depth is 6");

    byte[] many = leaf(1024, 10);
    Bytes.putU16(many, 2, 85);
    refused(many, "entries is 85");

    byte[] otherMax = leaf(1024, 10);
    Bytes.putU16(otherMax, 4, 4);
    refused(otherMax, "max is 0x4");

    refused(leaf(1024), "entries is 0");
  }

  @Test
  void rootMayBeEmptyAndHasFourEntries() {
    byte[] inode = new byte[256];
    ExtentNode.init(inode, 40, ExtentNode.ROOT_ENTRIES, 0);
    assertThatCode(() -> ExtentNode.verifyRoot(inode, 40, 3)).doesNotThrowAnyException();

    Bytes.putU16(inode, 42, 5);
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> ExtentNode.verifyRoot(inode, 40, 3))
        .withMessageContaining("entries is 5, at most 4");
  }

  private static void refused(byte[] block, String why) {
    ExtentNode.SEAL.seal(block, NUMBER);
    assertThatExceptionOfType(CorruptImageException.class)
        .isThrownBy(() -> ExtentNode.SEAL.verify(block, NUMBER))
        .withMessageContaining(why);
  }

  private static byte[] leaf(int blockSize, long... logicals) {
    byte[] block = new byte[blockSize];
    ExtentNode.init(block, 0, ExtentNode.maxEntries(blockSize), 0);
    ExtentNode.replace(block, 0, 0, 0, logicals.length);
    for (int i = 0; i < logicals.length; i++) {
      ExtentNode.putExtent(block, 0, i, logicals[i], 500 + 2L * i, 1, false);
    }
    return block;
  }

  @Test
  void rootWithLevelsBelowItHasAnEntry() throws CorruptImageException {
    byte[] block = new byte[1024];
    ExtentNode.init(block, 0, ExtentNode.ROOT_ENTRIES, 0);
    ExtentNode.verifyRoot(block, 0, 7);
    ExtentNode.putDepth(block, 0, 2);

    assertThatThrownBy(() -> ExtentNode.verifyRoot(block, 0, 7))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("root of depth 2 has no entry");
  }
}
