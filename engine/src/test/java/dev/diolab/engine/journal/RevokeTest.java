package dev.diolab.engine.journal;

import static dev.diolab.engine.journal.JournalWorld.BLOCK_SIZE;
import static dev.diolab.engine.journal.JournalWorld.HOMES;
import static dev.diolab.engine.journal.JournalWorld.SEAL;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Freed metadata blocks: old copies of them must not come back over what is there now. */
class RevokeTest {
  private static final int JOURNAL_BLOCKS = 64;
  private static final long FILE_DATA = 0x4141414141414141L;

  private final JournalWorld world;

  RevokeTest() throws IOException {
    world = JournalWorld.fresh(JOURNAL_BLOCKS);
  }

  @Test
  void replayDoesNotOverwriteFileDataInAFreedBlock() throws IOException {
    world.journal.commit(world.change(1, 5, 6));
    world.journal.commit(forget(5));
    writeFileData(5);

    RecoverySummary summary = recover();

    assertThat(summary.copiesRevoked()).isEqualTo(1);
    assertThat(JournalWorld.values(world.device.image())).startsWith(0, 0, 0, 0, 0, FILE_DATA, 1);
  }

  @Test
  void checkpointDoesNotOverwriteFileDataInAFreedBlock() throws IOException {
    world.journal.commit(world.change(1, 5, 6));
    world.journal.commit(forget(5));
    writeFileData(5);

    world.journal.close();

    assertThat(JournalWorld.values(world.device.image())).startsWith(0, 0, 0, 0, 0, FILE_DATA, 1);
  }

  @Test
  void uncommittedFreeDoesNotRevoke() throws IOException {
    world.journal.commit(world.change(1, 5));
    forget(5);

    recover();

    assertThat(JournalWorld.values(world.device.image())).startsWith(0, 0, 0, 0, 0, 1);
  }

  @Test
  void blockThatIsMetadataAgainIsReplayed() throws IOException {
    world.journal.commit(world.change(1, 5));
    world.journal.commit(forget(5));
    writeFileData(5);
    try (Handle handle = world.journal.start(1)) {
      JournalWorld.set(handle, world.cache.fresh(5, SEAL), 3);
    }
    world.journal.commitAll();

    RecoverySummary summary = recover();

    assertThat(summary.copiesRevoked()).isEqualTo(1);
    assertThat(JournalWorld.values(world.device.image())).startsWith(0, 0, 0, 0, 0, 3);
  }

  @Test
  void blockFreedInTheTransactionThatChangedItIsNotLogged() throws IOException {
    try (Handle handle = world.journal.start(2)) {
      JournalWorld.set(handle, world.block(5), 7);
      JournalWorld.set(handle, world.block(6), 7);
      handle.forget(world.block(5));
    }
    world.journal.commitAll();

    RecoverySummary summary = recover();

    assertThat(summary).isEqualTo(new RecoverySummary(1, 1, 1, 1, 0));
    assertThat(JournalWorld.values(world.device.image())).startsWith(0, 0, 0, 0, 0, 0, 7);
  }

  @Test
  void freedBlockStaysInTheCacheUntilItsTransactionIsDurable() throws IOException {
    world.journal.commit(world.change(1, 5));
    MetaBlock freed = world.block(5);
    long tid = forget(5);
    assertThat(world.block(5)).isSameAs(freed);

    world.journal.commit(tid);

    assertThat(world.block(5)).isNotSameAs(freed);
  }

  @Test
  void newBlockOfTheSameNumberStaysInTheCache() throws IOException {
    world.journal.commit(world.change(1, 5));
    long tid = forget(5);
    MetaBlock renewed = world.cache.fresh(5, SEAL);

    world.journal.commit(tid);

    assertThat(world.block(5)).isSameAs(renewed);
  }

  @Test
  void blockFreedWhileItsLastChangeIsCommittedStaysAwayFromItsHome() throws IOException {
    long tid = world.change(1, 5);
    world.device.beforeFlush(() -> forgetOnce(5));

    world.journal.commit(tid);
    world.device.beforeFlush(() -> {});
    world.journal.commit(tid + 1);
    writeFileData(5);
    world.journal.close();

    assertThat(JournalWorld.values(world.device.image())).startsWith(0, 0, 0, 0, 0, FILE_DATA);
  }

  private void forgetOnce(int block) {
    try {
      forget(block);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private long forget(int block) throws IOException {
    try (Handle handle = world.journal.start(1)) {
      handle.forget(world.block(block));
      return handle.tid();
    }
  }

  private void writeFileData(int block) throws IOException {
    byte[] data = new byte[BLOCK_SIZE];
    JournalWorld.fill(data, FILE_DATA);
    SEAL.seal(data, block);
    world.device.write(MemorySegment.ofArray(data), 0, (long) block * BLOCK_SIZE, BLOCK_SIZE);
  }

  private RecoverySummary recover() throws IOException {
    return Journal.recover(world.device, HOMES, JOURNAL_BLOCKS, BLOCK_SIZE);
  }
}
