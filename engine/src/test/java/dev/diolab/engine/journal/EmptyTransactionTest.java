package dev.diolab.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who waits for a transaction that turns out to be empty. */
class EmptyTransactionTest {
  private final JournalState state = new JournalState(new LogArea(0, 64, 512), 1);
  private final CountDownLatch opened = new CountDownLatch(1);
  private final CountDownLatch mayClose = new CountDownLatch(1);

  private final FutureTask<Void> openAndClose = new FutureTask<>(this::openAndClose, null);
  private final FutureTask<Void> first = new FutureTask<>(this::awaitTheEmptyOne, null);
  private final FutureTask<Void> second = new FutureTask<>(this::awaitTheEmptyOne, null);

  /**
   * The end of a commit wakes one of those who wait for the next transaction, because a handle is
   * open in it. Before that one runs, the handle is closed and has changed nothing.
   */
  @Test
  @Timeout(60)
  void allReturnWhenTheOneWhoShouldCommitFindsItEmpty() throws Exception {
    long tid;
    try (Handle handle = state.start(1, () -> {})) {
      handle.modify(new MetaBlock(1, new byte[0], JournalWorld.SEAL));
      tid = handle.tid();
    }
    state.lock();
    try {
      state.makeDurable(tid, () -> commit(tid));
      state.unlock(); // the lock that commit kept
    } finally {
      state.unlock();
    }

    first.get();
    second.get();
    openAndClose.get();
    assertThat(state.isDurable(tid)).isTrue();
    assertThat(state.isDurable(tid + 1)).isFalse();
  }

  /**
   * Returns with the journal lock held and the closer of the handle in the queue for it, so that
   * the handle is closed before whoever is woken looks.
   */
  private void commit(long tid) {
    try {
      state.lockRunning();
    } catch (JournalAbortedException e) {
      throw new AssertionError(e);
    }
    state.startNext();
    Thread closer = new Thread(openAndClose);
    closer.start();
    await(opened);
    startAndAwaitWaiting(first);
    startAndAwaitWaiting(second);
    state.announceDurable(tid);
    state.lock();
    mayClose.countDown();
    awaitWaitingForTheLock(closer);
  }

  /** The handle is being closed, and its thread is in the queue for the journal lock. */
  private static void awaitWaitingForTheLock(Thread closer) {
    while (closer.getState() != Thread.State.WAITING || !isIn(closer, "end")) {
      Thread.onSpinWait();
    }
  }

  private static boolean isIn(Thread thread, String method) {
    return Arrays.stream(thread.getStackTrace())
        .anyMatch(
            frame ->
                frame.getClassName().equals(JournalState.class.getName())
                    && frame.getMethodName().equals(method));
  }

  private static void startAndAwaitWaiting(FutureTask<Void> task) {
    Thread thread = new Thread(task);
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }

  private void openAndClose() {
    try (Handle handle = state.start(1, () -> {})) {
      assertThat(handle.tid()).isEqualTo(2);
      opened.countDown();
      await(mayClose);
    } catch (JournalAbortedException e) {
      throw new AssertionError(e);
    }
  }

  private void awaitTheEmptyOne() {
    state.lock();
    try {
      state.makeDurable(2, this::findEmpty);
    } catch (JournalAbortedException e) {
      throw new AssertionError(e);
    } finally {
      state.unlock();
    }
  }

  private void findEmpty() {
    try {
      assertThat(state.lockRunning().isEmpty()).isTrue();
    } catch (JournalAbortedException e) {
      throw new AssertionError(e);
    }
    state.unlockRunning();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
