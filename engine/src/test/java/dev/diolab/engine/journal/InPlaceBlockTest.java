package dev.diolab.engine.journal;

import static dev.diolab.engine.journal.JournalWorld.BLOCK_SIZE;
import static dev.diolab.engine.journal.JournalWorld.HOMES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.format.CorruptImageException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a block may be changed past the log, and what the log does with it afterwards. */
class InPlaceBlockTest {
  private static final int JOURNAL_BLOCKS = 64;

  private final JournalWorld world;

  InPlaceBlockTest() throws IOException {
    world = JournalWorld.fresh(JOURNAL_BLOCKS);
  }

  @Test
  void aBlockThatNoTransactionEverHeldIsChangedWithoutACommit() throws IOException {
    assertThat(changeInPlace(5, 7)).isTrue();

    assertThat(world.journal.counters().commits()).isZero();
    assertThat(recoveredDurable()[5]).isEqualTo(7);
  }

  @Test
  void aBlockOfTheRunningTransactionIsRefused() throws IOException {
    world.change(1, 5);

    assertThat(changeInPlace(5, 7)).isFalse();

    assertThat(JournalWorld.value(world.block(5).data())).isEqualTo(1);
    assertThat(JournalWorld.values(world.device.image())[5]).isZero();
  }

  @Test
  void aBlockThatIsBeingCommittedIsRefused() throws IOException {
    AtomicReference<@Nullable Boolean> changed = new AtomicReference<>();
    long tid = world.change(1, 5);
    world.device.beforeFlush(() -> changed.compareAndSet(null, tryInPlace(5, 7)));

    world.journal.commit(tid);

    assertThat(changed.get()).isFalse();
  }

  @Test
  void aBlockWhoseCopyWouldBeReplayedIsRefused() throws IOException {
    world.journal.commit(world.change(1, 5));

    assertThat(changeInPlace(5, 7)).isFalse();
  }

  @Test
  void aBlockThatACommitBroughtHomeIsChangedAndItsCopiesStayAway() throws IOException {
    world.journal.commit(world.change(1, 5));
    world.journal.commit(changeAndBringHome(2, 5));

    assertThat(changeInPlace(5, 7)).isTrue();

    assertThat(recoveredDurable()[5]).isEqualTo(7);
  }

  /** Kara's objection, seeds/000. */
  @Test
  void aBlockIsRefusedUntilTheRevokeOfItsCopiesIsDurable() throws IOException {
    world.journal.commit(world.change(1, 5));
    long tid = changeAndBringHome(2, 5);
    assertThat(changeInPlace(5, 7)).isFalse();
    AtomicReference<@Nullable Boolean> changed = new AtomicReference<>();
    world.device.beforeFlush(() -> changed.compareAndSet(null, tryInPlace(5, 7)));

    world.journal.commit(tid);

    assertThat(changed.get()).isFalse();
    assertThat(changeInPlace(5, 7)).isTrue();
  }

  @Test
  void aBlockThatRecoveryCouldNotRestoreIsLoggedAlthoughItShallGoHome() throws IOException {
    long tid = changeAndBringHome(2, 5);
    AtomicReference<byte[]> atFlush = new AtomicReference<>(new byte[0]);
    world.device.beforeFlush(() -> atFlush.set(world.device.image()));

    world.journal.commit(tid);

    assertThat(JournalWorld.values(atFlush.get())[5]).isZero();
    assertThat(recoveredDurable()[5]).isEqualTo(2);
  }

  @Test
  void aCrashBeforeTheCommitRecordRestoresABlockThatIsHomeAlready() throws IOException {
    world.journal.commit(world.change(1, 5));
    long tid = changeAndBringHome(2, 5);
    AtomicReference<byte[]> atFlush = new AtomicReference<>(new byte[0]);
    world.device.beforeFlush(() -> atFlush.set(world.device.image()));

    world.journal.commit(tid);

    assertThat(JournalWorld.values(atFlush.get())[5]).isEqualTo(2);
    assertThat(recovered(atFlush.get())[5]).isEqualTo(1);
  }

  @Test
  void aBlockThatIsJoinedAgainIsRefusedAndReplayed() throws IOException {
    world.journal.commit(world.change(1, 5));
    world.journal.commit(changeAndBringHome(2, 5));
    assertThat(changeInPlace(5, 7)).isTrue();
    world.journal.commit(world.change(8, 5));

    assertThat(changeInPlace(5, 9)).isFalse();

    assertThat(recoveredDurable()[5]).isEqualTo(8);
  }

  @Test
  void aBlockIsFreeOnceTheTailHasPassedItsCopies() throws IOException {
    world.journal.commit(world.change(1, 5));
    while (world.journal.counters().checkpoints() < 2) {
      world.journal.commit(world.change(1, 6));
    }

    assertThat(changeInPlace(5, 7)).isTrue();

    assertThat(recoveredDurable()[5]).isEqualTo(7);
  }

  @Test
  void aHandleJoinsTheBlockOnlyAfterTheWrite() throws Exception {
    Thread joining =
        new Thread(
            () -> {
              try {
                world.change(9, 5);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });

    boolean changed =
        world
            .journal
            .inPlace(world.block(5))
            .change(
                () -> {
                  JournalWorld.fill(world.block(5).data(), 7);
                  joining.start();
                  while (joining.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                  }
                  return true;
                });

    joining.join();
    assertThat(changed).isTrue();
    assertThat(JournalWorld.values(world.device.image())[5]).isEqualTo(7);
    assertThat(JournalWorld.value(world.block(5).data())).isEqualTo(9);
  }

  @Test
  void aFailedWriteEndsTheJournal() {
    world.device.failAfter(0);

    assertThatThrownBy(() -> changeInPlace(5, 7)).isInstanceOf(JournalAbortedException.class);

    assertThat(world.journal.failure()).isNotNull();
    assertThatThrownBy(() -> changeInPlace(6, 7)).isInstanceOf(JournalAbortedException.class);
  }

  @Test
  void withoutALogNothingIsInPlace() throws IOException {
    JournalOptions options = JournalOptions.withoutCommitThread();
    try (Journal journal =
        Journal.openWithoutLog(world.device, world.cache, HOMES, JOURNAL_BLOCKS, options)) {
      assertThat(journal.inPlace(world.block(5)).isFree()).isFalse();
    }
  }

  /** Why only what lies in one sector with its checksum may be in place. */
  @Test
  void noCopyMendsATornBlockThatHasOneChecksumForSeveralSectors() throws IOException {
    changeInPlace(5, 7);
    byte[] torn = world.device.image();
    JournalWorld.fill(world.block(5).data(), 8);
    System.arraycopy(world.block(5).data(), 0, torn, 5 * BLOCK_SIZE, BLOCK_SIZE / 2);

    assertThatThrownBy(() -> recovered(torn))
        .isInstanceOf(CorruptImageException.class)
        .hasMessageContaining("block 5");
  }

  private boolean tryInPlace(int number, long value) {
    try {
      return changeInPlace(number, value);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private boolean changeInPlace(int number, long value) throws IOException {
    MetaBlock block = world.block(number);
    return world
        .journal
        .inPlace(block)
        .change(
            () -> {
              JournalWorld.fill(block.data(), value);
              return true;
            });
  }

  private long changeAndBringHome(long value, int number) throws IOException {
    try (Handle handle = world.journal.start(1)) {
      JournalWorld.set(handle, world.block(number), value);
      handle.bringHome(world.block(number));
      return handle.tid();
    }
  }

  /** What a crash now leaves when everything is lost that is not durable. */
  private long[] recoveredDurable() throws IOException {
    TestDevice.CrashWalk walk = world.device.crashWalk();
    while (walk.hasNext()) {
      walk.advance();
    }
    return recovered(walk.losingAll());
  }

  private static long[] recovered(byte[] image) throws IOException {
    TestDevice device = new TestDevice(image, false);
    Journal.recover(device, HOMES, JOURNAL_BLOCKS, BLOCK_SIZE);
    return JournalWorld.values(device.image());
  }
}
