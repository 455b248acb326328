package dev.diolab.engine.journal;

import static dev.diolab.engine.journal.JournalWorld.BLOCK_SIZE;
import static dev.diolab.engine.journal.JournalWorld.HOMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.format.CorruptImageException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What recovery accepts, skips and refuses. */
class RecoveryTest {
  private static final int JOURNAL_BLOCKS = 64;

  /** Ring positions of three transactions of two copies each: descriptor, copies, commit record. */
  private static final int BLOCKS_PER_TRANSACTION = 4;

  private final JournalWorld world;

  RecoveryTest() throws IOException {
    world = JournalWorld.fresh(JOURNAL_BLOCKS);
  }

  @Test
  void emptyLogIsLeftEmpty() throws IOException {
    RecoverySummary summary = recover(world.device);

    assertThat(summary).isEqualTo(new RecoverySummary(0, 0, 0, 0, 0));
  }

  @Test
  void newestCopyOfEachBlockIsWrittenOnce() throws IOException {
    threeTransactions();

    RecoverySummary summary = recover(world.device);

    assertThat(summary).isEqualTo(new RecoverySummary(3, 3, 6, 4, 0));
    assertThat(JournalWorld.values(world.device.image())).startsWith(0, 1, 2, 3, 3, 0);
  }

  @Test
  void logIsReadOnceInLargePieces() throws IOException {
    threeTransactions();
    TestDevice crashed = new TestDevice(world.device.image(), false);

    recover(crashed);

    assertThat(crashed.counters().readBytes()).isEqualTo((long) JOURNAL_BLOCKS * BLOCK_SIZE);
    assertThat(crashed.counters().reads()).isEqualTo(2);
  }

  @Test
  void neighboursComeHomeInOneWriteInAscendingOrder() throws IOException {
    world.journal.commit(world.change(1, 9, 4, 3));
    world.journal.commit(world.change(2, 5, 20, 9));
    TestDevice crashed = new TestDevice(world.device.image(), true);

    recover(crashed);

    assertThat(crashed.events())
        .extracting(event -> event.kind() + " " + event.offset() / BLOCK_SIZE)
        .containsExactly("WRITE 3", "WRITE 9", "WRITE 20", "FLUSH 0", "WRITE_FUA " + HOMES);
    assertThat(crashed.events().get(0).bytes()).hasSize(3 * BLOCK_SIZE);
  }

  @Test
  void logWithATornTransactionAtItsTailIsNotOpened() throws IOException {
    world.journal.commit(world.change(1, 1, 2));
    damage(BLOCKS_PER_TRANSACTION - 1);
    BlockCache cache = new BlockCache(world.device, BLOCK_SIZE);

    assertThatThrownBy(() -> Journal.open(world.device, cache, HOMES, JOURNAL_BLOCKS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("holds transaction 1");
  }

  @Test
  void secondRecoveryFindsNothing() throws IOException {
    threeTransactions();
    recover(world.device);
    byte[] once = world.device.image();

    RecoverySummary summary = recover(world.device);

    assertThat(summary.transactions()).isZero();
    assertThat(JournalWorld.values(world.device.image())).isEqualTo(JournalWorld.values(once));
  }

  @Test
  void lastTransactionWithoutACommitRecordIsTheEndOfTheLog() throws IOException {
    threeTransactions();
    damage(3 * BLOCKS_PER_TRANSACTION - 1);

    RecoverySummary summary = recover(world.device);

    assertThat(summary.transactions()).isEqualTo(2);
    assertThat(summary.lastTid()).isEqualTo(2);
    assertThat(JournalWorld.values(world.device.image())).startsWith(0, 1, 2, 2, 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void damagedTransactionThatIsProvenCommittedIsRefused(int damagedBlock) throws IOException {
    threeTransactions();
    damage(damagedBlock);
    byte[] before = world.device.image();

    assertThatThrownBy(() -> recover(world.device))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("is damaged")
        .hasMessageContaining("transaction " + (1 + damagedBlock / BLOCKS_PER_TRANSACTION));
    assertThat(world.device.image()).isEqualTo(before);
  }

  @Test
  void damagedSuperblockIsRefused() throws IOException {
    threeTransactions();
    damage(-1);

    assertThatThrownBy(() -> recover(world.device))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("journal superblock in block " + HOMES);
  }

  @Test
  void logThatWasNotRecoveredIsNotOpened() throws IOException {
    threeTransactions();
    BlockCache cache = new BlockCache(world.device, BLOCK_SIZE);

    assertThatThrownBy(() -> Journal.open(world.device, cache, HOMES, JOURNAL_BLOCKS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("holds transaction 1");
  }

  @Test
  void idOfATornTransactionIsNotUsedAgain() throws IOException {
    threeTransactions();
    damage(2 * BLOCKS_PER_TRANSACTION + 3);

    JournalWorld after = JournalWorld.recovered(world.device.image(), JOURNAL_BLOCKS);

    assertThat(after.change(9, 1)).isEqualTo(4);
  }

  @Test
  void formatForgetsAnOlderJournal() throws IOException {
    threeTransactions();

    Journal.format(world.device, HOMES, JOURNAL_BLOCKS, BLOCK_SIZE);

    assertThat(recover(world.device).transactions()).isZero();
    assertThat(JournalWorld.values(world.device.image())).containsOnly(0);
  }

  @Test
  void copyThatBelongsIntoTheJournalIsRefused() throws IOException {
    MetaBlock block = world.cache.fresh(HOMES + 3, JournalWorld.SEAL);
    try (Handle handle = world.journal.start(1)) {
      JournalWorld.set(handle, block, 1);
    }
    world.journal.commitAll();

    assertThatThrownBy(() -> recover(world.device))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("block " + (HOMES + 3));
  }

  @Test
  void areaThatDoesNotFitIsRefused() {
    assertThatThrownBy(() -> Journal.format(world.device, HOMES, 65, BLOCK_SIZE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("behind the end of the device");
    assertThatThrownBy(() -> Journal.format(world.device, HOMES, 16, BLOCK_SIZE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("too small");
    assertThatThrownBy(() -> Journal.format(world.device, HOMES, 64, 1000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1000");
  }

  private void threeTransactions() throws IOException {
    world.journal.commit(world.change(1, 1, 2));
    world.journal.commit(world.change(2, 2, 3));
    world.journal.commit(world.change(3, 3, 4));
  }

  /** Flips a bit of the block at {@code ringPosition}; -1 is the superblock. */
  private void damage(int ringPosition) throws IOException {
    long offset = (HOMES + 1L + ringPosition) * BLOCK_SIZE;
    byte[] block = new byte[BLOCK_SIZE];
    MemorySegment buffer = MemorySegment.ofArray(block);
    world.device.read(buffer, 0, offset, BLOCK_SIZE);
    block[100] ^= 0x10;
    world.device.write(buffer, 0, offset, BLOCK_SIZE);
  }

  private static RecoverySummary recover(TestDevice device) throws IOException {
    return Journal.recover(device, HOMES, JOURNAL_BLOCKS, BLOCK_SIZE);
  }
}
