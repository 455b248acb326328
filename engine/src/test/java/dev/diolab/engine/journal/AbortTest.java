package dev.diolab.engine.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failing device: everyone learns the cause, what was durable stays. */
class AbortTest {
  private static final int JOURNAL_BLOCKS = 64;

  private final JournalWorld world;

  AbortTest() throws IOException {
    world = JournalWorld.fresh(JOURNAL_BLOCKS);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void failureOfAnyCommandOfACommitAborts(int commandsThatPass) throws IOException {
    long durable = world.change(1, 1);
    world.journal.commit(durable);
    long lost = world.change(2, 1, 2);
    world.device.failAfter(commandsThatPass);

    assertAborted(() -> world.journal.commit(lost));
    assertAborted(() -> world.journal.commit(lost));
    assertAborted(() -> world.journal.start(1));
    assertAborted(() -> world.journal.commitAll());
    assertAborted(() -> world.journal.close());

    world.journal.commit(durable);
    assertThat(world.journal.isDurable(durable)).isTrue();
    assertThat(world.journal.isDurable(lost)).isFalse();
    JournalWorld after = JournalWorld.recovered(world.device.image(), JOURNAL_BLOCKS);
    assertThat(JournalWorld.value(after.block(1).data())).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2})
  void failureOfAnyCommandOfACheckpointAbortsAndLosesNothing(int commandsThatPass)
      throws IOException {
    world.journal.commit(world.change(7, 1));
    world.device.failAfter(commandsThatPass);

    assertAborted(() -> world.journal.close());

    JournalWorld after = JournalWorld.recovered(world.device.image(), JOURNAL_BLOCKS);
    assertThat(JournalWorld.value(after.block(1).data())).isEqualTo(7);
  }

  @Test
  void openHandleEndsQuietlyAfterAnAbort() throws IOException {
    long tid = world.change(1, 1);
    Handle[] open = new Handle[1];
    world.device.beforeFlush(() -> open[0] = start());
    world.device.failAfter(1);
    assertAborted(() -> world.journal.commit(tid));

    open[0].modify(world.block(2));
    open[0].close();

    assertAborted(() -> world.journal.start(1));
  }

  @Test
  void abortWithAHandleOpenKeepsItsTransactionOutOfTheLog() throws Exception {
    world.journal.commit(world.change(1, 1));
    Handle half = world.journal.start(2);
    JournalWorld.set(half, world.block(1), 2);
    FutureTask<Void> commit = new FutureTask<>(() -> commit(half.tid()));
    Thread committer = Thread.ofVirtual().start(commit);
    while (committer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    world.journal.abort(new IOException("injected EIO"));
    half.close();

    assertThatThrownBy(commit::get).hasCauseInstanceOf(JournalAbortedException.class);
    assertAborted(() -> world.journal.start(1));
    assertAborted(world.journal::close);
    JournalWorld after = JournalWorld.recovered(world.device.image(), JOURNAL_BLOCKS);
    assertThat(JournalWorld.value(after.block(1).data())).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void commitDoesNotCountWhenTheJournalWasAbortedBeforeItFlushed(boolean logged)
      throws IOException {
    if (!logged) {
      world.journal.close();
      world.journal =
          Journal.openWithoutLog(
              world.device,
              world.cache,
              JournalWorld.HOMES,
              JOURNAL_BLOCKS,
              JournalOptions.withoutCommitThread());
    }
    long durable = world.change(1, 1);
    world.journal.commit(durable);
    long lost = world.change(2, 1);
    world.device.beforeFlush(() -> world.journal.abort(new IOException("injected EIO")));

    assertAborted(() -> world.journal.commit(lost));

    assertThat(world.journal.isDurable(durable)).isTrue();
    assertThat(world.journal.isDurable(lost)).isFalse();
    if (logged) {
      JournalWorld after = JournalWorld.recovered(world.device.image(), JOURNAL_BLOCKS);
      assertThat(JournalWorld.value(after.block(1).data())).isEqualTo(1);
    }
  }

  @Test
  void everyWaiterLearnsTheCause() throws Exception {
    int waiters = 8;
    CountDownLatch flushing = new CountDownLatch(1);
    CountDownLatch fail = new CountDownLatch(1);
    world.device.beforeFlush(
        () -> {
          flushing.countDown();
          await(fail);
        });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long first = world.change(1, 1);
      List<Future<?>> results = new ArrayList<>();
      results.add(threads.submit(() -> commit(first)));
      flushing.await();
      long second = world.change(2, 2);
      for (int i = 0; i < waiters; i++) {
        long tid = i % 2 == 0 ? first : second;
        results.add(threads.submit(() -> commit(tid)));
      }
      world.device.failAfter(0);
      fail.countDown();

      for (Future<?> result : results) {
        assertThatThrownBy(result::get)
            .isInstanceOf(ExecutionException.class)
            .cause()
            .isInstanceOf(JournalAbortedException.class)
            .hasRootCauseMessage("flush failed: injected EIO");
      }
    }
  }

  /**
   * The closer waits for the end of a checkpoint, wakes at the abort, finds the checkpoint still at
   * work and waits again: the end of the checkpoint must wake it even though that is a second
   * failure.
   */
  @Test
  @Timeout(60)
  void closerLearnsAnAbortThatAFailingCheckpointFollows() throws Exception {
    JournalState state = new JournalState(new LogArea(0, JOURNAL_BLOCKS, 512), 1);
    FutureTask<Void> close =
        new FutureTask<>(
            () -> {
              state.beginClose();
              state.finishClose(() -> {}, () -> {});
              return null;
            });
    Thread closer = new Thread(close);
    long tid;
    try (Handle handle = state.start(1, () -> {})) {
      handle.modify(new MetaBlock(1, new byte[0], JournalWorld.SEAL));
      tid = handle.tid();
    }
    state.lock();
    try {
      state.makeDurable(tid, () -> commitAndFailAfterAnAbort(state, closer));
    } finally {
      state.unlock();
    }
    assertThat(state.isDurable(tid)).isTrue();
    assertThatThrownBy(close::get)
        .hasCauseInstanceOf(JournalAbortedException.class)
        .hasRootCauseMessage("injected EIO, the first");
  }

  private static void commitAndFailAfterAnAbort(JournalState state, Thread closer)
      throws IOException {
    Transaction transaction = state.lockRunning();
    state.startNext();
    state.announceDurable(transaction.tid());
    closer.start();
    while (closer.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    state.abortBecauseOf(new IOException("injected EIO, the first"));
    for (int i = 0; i < 10_000; i++) {
      state.lock();
      state.unlock();
      Thread.onSpinWait();
    }
    throw new IOException("injected EIO, the second");
  }

  @Test
  void actionThatThrowsAbortsWithItsErrorAsCause() throws IOException {
    long tid;
    try (Handle handle = world.journal.start(1)) {
      JournalWorld.set(handle, world.block(1), 1);
      handle.afterCommit(
          () -> {
            throw new AssertionError("bug in an action");
          });
      tid = handle.tid();
    }

    assertThatThrownBy(() -> world.journal.commit(tid))
        .isInstanceOf(AssertionError.class)
        .hasMessage("bug in an action");
    assertThatThrownBy(() -> world.journal.start(1))
        .isInstanceOf(JournalAbortedException.class)
        .hasMessageContaining("bug in an action");
  }

  @Test
  void failureInTheCommitThreadReachesTheNextCaller() throws Exception {
    JournalOptions often = new JournalOptions(Duration.ofMillis(1), true);
    JournalWorld background = JournalWorld.fresh(JOURNAL_BLOCKS, often);
    CountDownLatch flushing = new CountDownLatch(1);
    background.device.beforeFlush(
        () -> {
          background.device.failAfter(0);
          flushing.countDown();
        });
    long tid = background.change(1, 1);
    flushing.await();

    assertAborted(() -> background.journal.commit(tid));
    assertAborted(background.journal::close);
  }

  private Handle start() {
    try {
      return world.journal.start(1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private Void commit(long tid) throws IOException {
    world.journal.commit(tid);
    return null;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertAborted(
      org.assertj.core.api.ThrowableAssert.ThrowingCallable callable) {
    assertThatThrownBy(callable)
        .isInstanceOf(JournalAbortedException.class)
        .hasMessageContaining("injected EIO")
        .hasCauseInstanceOf(IOException.class);
  }
}
