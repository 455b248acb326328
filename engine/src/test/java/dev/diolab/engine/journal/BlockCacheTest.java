package dev.diolab.engine.journal;

import static dev.diolab.engine.journal.JournalWorld.SEAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.ExtentNode;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One MetaBlock a block number, read once. */
class BlockCacheTest {
  private static final int BLOCK_SIZE = 1024;

  @Test
  void blockIsReadOnce() throws IOException {
    TestDevice device = new TestDevice(8 * BLOCK_SIZE);
    BlockCache cache = new BlockCache(device, BLOCK_SIZE);

    MetaBlock block = cache.get(7, SEAL);

    assertThat(cache.get(7, SEAL)).isSameAs(block);
    assertThat(device.counters().reads()).isEqualTo(1);
    assertThat(block.number()).isEqualTo(7);
    assertThat(block.data()).hasSize(BLOCK_SIZE);
  }

  @Test
  void freshBlockIsZeroAndNotRead() throws IOException {
    byte[] image = new byte[8 * BLOCK_SIZE];
    JournalWorld.fill(image, 9);
    TestDevice device = new TestDevice(image, false);
    BlockCache cache = new BlockCache(device, BLOCK_SIZE);

    MetaBlock block = cache.fresh(3, SEAL);

    assertThat(block.data()).containsOnly(0);
    assertThat(cache.get(3, SEAL)).isSameAs(block);
    assertThat(device.counters().reads()).isZero();
  }

  @Test
  void corruptBlockIsNotKept() throws IOException {
    byte[] image = new byte[8 * BLOCK_SIZE];
    JournalWorld.fill(image, 9);
    TestDevice device = new TestDevice(image, false);
    BlockCache cache = new BlockCache(device, BLOCK_SIZE);

    assertThatThrownBy(() -> cache.get(3, SEAL))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("block 3");
    assertThatThrownBy(() -> cache.get(3, SEAL)).isInstanceOf(CorruptImageException.class);
    assertThat(device.counters().reads()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 8, 1 << 20, 1L << 47})
  void blockThatTheDeviceDoesNotHaveIsReported(long number) {
    BlockCache cache = new BlockCache(new TestDevice(8 * BLOCK_SIZE), BLOCK_SIZE);

    assertThatThrownBy(() -> cache.get(number, SEAL))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("block " + number)
        .hasMessageContaining("0 to 7");
  }

  @Test
  void blockThatIsKnownAsAnotherKindIsReported() throws IOException {
    BlockCache cache = new BlockCache(new TestDevice(8 * BLOCK_SIZE), BLOCK_SIZE);
    cache.get(3, SEAL);

    assertThatThrownBy(() -> cache.get(3, ExtentNode.SEAL))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("block 3 is metadata of another kind");
  }

  @Test
  void dropAllReadsTheImageAnew() throws IOException {
    TestDevice device = new TestDevice(4096 * BLOCK_SIZE);
    BlockCache cache = new BlockCache(device, BLOCK_SIZE);
    MetaBlock near = cache.get(1, SEAL);
    MetaBlock far = cache.get(4095, SEAL);

    cache.dropAll();

    assertThat(cache.get(1, SEAL)).isNotSameAs(near);
    assertThat(cache.get(4095, SEAL)).isNotSameAs(far);
  }
}
