package dev.diolab.engine.journal;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.Lincheck;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Lincheck tries the schedules of small programs on the state machine: none may hang, lose a
 * wake-up or a change. The commit is one without a device, as Lincheck does not know the byte-array
 * views that the layouts use; it does not know AssertJ either, and wants this class public.
 */
public class JournalStateModelCheckTest {
  /** Enough to find any wake-up of a commit that is left out. */
  private static final int INVOCATIONS = 50;

  @Test
  void committersBothReturnDurable() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          Model model = new Model(64);
          inParallel(() -> model.changeAndCommit(1), () -> model.changeAndCommit(2));
          model.requireCommitted(1, 2);
          require(model.commits == 1 || model.commits == 2, "number of commits");
        });
  }

  @Test
  void threeCommittersAllReturnDurable() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          Model model = new Model(64);
          inParallel(
              () -> model.changeAndCommit(1),
              () -> model.changeAndCommit(2),
              () -> model.changeAndCommit(3));
          model.requireCommitted(1, 2, 3);
        });
  }

  @Test
  void handlesThatFillTheTransactionCommitItForEachOther() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          Model model = new Model(17);
          inParallel(() -> model.change(1), () -> model.change(2), () -> model.change(3));
          require(model.commits == 2, "number of commits");
        });
  }

  @Test
  void commitBesideHandlesThatChangeNothingEnds() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          Model model = new Model(64);
          inParallel(
              () -> model.commit(model.openAndClose()),
              () -> model.commit(model.openAndClose()),
              () -> model.changeAndCommit(1));
          model.requireCommitted(1);
        });
  }

  @Test
  void closeBesideACommitLosesNothing() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          Model model = new Model(64);
          long tid = model.change(1);
          inParallel(() -> model.commit(tid), model::close);
          model.requireCommitted(1);
        });
  }

  @Test
  void failureReachesEveryCommitter() {
    Lincheck.runConcurrentTest(
        INVOCATIONS,
        () -> {
          Model model = new Model(64);
          model.failing = true;
          inParallel(() -> model.changeAndFail(1), () -> model.changeAndFail(2));
          model.requireCommitted();
          require(!model.state.isDurable(1), "not durable");
        });
  }

  /** Runs the bodies at once; an error in one of them is an error of the program. */
  private static void inParallel(Runnable... bodies) {
    @Nullable Throwable[] errors = new Throwable[bodies.length];
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < bodies.length; i++) {
      int index = i;
      threads.add(new Thread(() -> errors[index] = errorOf(bodies[index])));
    }
    threads.forEach(Thread::start);
    for (int i = 0; i < bodies.length; i++) {
      try {
        threads.get(i).join();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (errors[i] != null) {
        throw new AssertionError("thread " + i + " failed", errors[i]);
      }
    }
  }

  private static @Nullable Throwable errorOf(Runnable body) {
    try {
      body.run();
      return null;
    } catch (RuntimeException | AssertionError e) {
      return e;
    }
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("violated: " + what);
    }
  }

  /** A journal whose commit remembers the numbers of the blocks and nothing else. */
  private static final class Model {
    final JournalState state;

    /** Blocks in the transactions that were committed. [commit role] */
    final List<Long> committedBlocks = new ArrayList<>();

    /** [commit role] */
    int commits;

    boolean failing;

    Model(int journalBlocks) {
      state = new JournalState(new LogArea(0, journalBlocks, 512), 1);
    }

    void perform() throws IOException {
      Transaction transaction = state.lockRunning();
      if (transaction.isEmpty()) {
        state.unlockRunning();
        return;
      }
      state.startNext();
      if (failing) {
        throw new IOException("injected EIO");
      }
      commits++;
      transaction.joined().forEach(block -> committedBlocks.add(block.number()));
      state.announceDurable(transaction.tid());
    }

    long openAndClose() {
      try (Handle handle = state.start(1, this::perform)) {
        return handle.tid();
      } catch (JournalAbortedException e) {
        throw new AssertionError(e);
      }
    }

    long change(long block) {
      try (Handle handle = state.start(1, this::perform)) {
        handle.modify(new MetaBlock(block, new byte[0], JournalWorld.SEAL));
        return handle.tid();
      } catch (JournalAbortedException e) {
        throw new AssertionError(e);
      }
    }

    void commit(long tid) {
      try {
        makeDurable(tid);
      } catch (JournalAbortedException e) {
        throw new AssertionError(e);
      }
    }

    void changeAndCommit(long block) {
      long tid = change(block);
      commit(tid);
      require(state.isDurable(tid), "durable");
    }

    void changeAndFail(long block) {
      try {
        long tid;
        try (Handle handle = state.start(1, this::perform)) {
          handle.modify(new MetaBlock(block, new byte[0], JournalWorld.SEAL));
          tid = handle.tid();
        }
        makeDurable(tid);
      } catch (JournalAbortedException e) {
        return;
      }
      throw new AssertionError("commit returned although the device failed");
    }

    private void makeDurable(long tid) throws JournalAbortedException {
      state.lock();
      try {
        state.makeDurable(tid, this::perform);
      } finally {
        state.unlock();
      }
    }

    void requireCommitted(long... blocks) {
      require(committedBlocks.size() == blocks.length, "number of committed blocks");
      for (long block : blocks) {
        require(committedBlocks.contains(block), "committed block");
      }
    }

    void close() {
      try {
        state.beginClose();
        state.finishClose(this::perform, () -> {});
      } catch (JournalAbortedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
