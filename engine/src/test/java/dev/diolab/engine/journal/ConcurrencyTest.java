package dev.diolab.engine.journal;

import static dev.diolab.engine.journal.JournalWorld.BLOCK_SIZE;
import static dev.diolab.engine.journal.JournalWorld.HOMES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.format.Bytes;
import dev.diolab.engine.journal.TestDevice.CrashWalk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many threads on one journal. */
class ConcurrencyTest {
  private static final int THREADS = 8;

  /** The block that all threads change, each its own field. */
  private static final int SHARED = HOMES - 1;

  /** When {@code event} events had happened, {@code thread} knew its {@code count} durable. */
  private record Report(int event, int thread, long count) {}

  @Test
  void threadsThatWaitShareOneCommit() throws Exception {
    int rounds = 50;
    JournalWorld world = JournalWorld.fresh(64);
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      for (int round = 0; round < rounds; round++) {
        commitTogether(world, threads);
      }
    }

    assertThat(world.journal.counters().commits()).isEqualTo(2L * rounds);
  }

  /** One thread's commit is held up until eight others have joined the next transaction. */
  private static void commitTogether(JournalWorld world, ExecutorService threads) throws Exception {
    CountDownLatch flushing = new CountDownLatch(1);
    CountDownLatch joined = new CountDownLatch(THREADS);
    world.device.beforeFlush(
        () -> {
          flushing.countDown();
          await(joined);
        });
    List<Future<?>> results = new ArrayList<>();
    results.add(threads.submit(() -> changeAndCommit(world, SHARED, new CountDownLatch(1))));
    flushing.await();
    for (int thread = 0; thread < THREADS; thread++) {
      int block = thread;
      results.add(threads.submit(() -> changeAndCommit(world, block, joined)));
    }
    for (Future<?> result : results) {
      result.get();
    }
  }

  @Test
  void syncOfATransactionWithoutBlocksWaitsForTheOneThatIsBeingCommitted() throws Exception {
    JournalWorld world = JournalWorld.fresh(64);
    CountDownLatch flushing = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    world.device.beforeFlush(
        () -> {
          if (first.getAndSet(false)) {
            flushing.countDown();
            await(goOn);
          }
        });
    AtomicBoolean durable = new AtomicBoolean();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      Future<?> commit =
          threads.submit(() -> changeAndCommit(world, SHARED, new CountDownLatch(1)));
      flushing.await();
      long empty;
      try (Handle handle = world.journal.start(1)) {
        empty = handle.tid();
      }
      Thread syncing =
          new Thread(
              () -> {
                try {
                  world.journal.sync(empty);
                  durable.set(world.journal.isDurable(empty - 1));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      syncing.start();
      while (syncing.isAlive() && syncing.getState() != Thread.State.WAITING) {
        Thread.onSpinWait();
      }
      goOn.countDown();
      syncing.join();
      commit.get();
    }

    assertThat(durable).isTrue();
  }

  private static Void changeAndCommit(JournalWorld world, int block, CountDownLatch joined)
      throws IOException {
    long tid = world.change(1, block);
    joined.countDown();
    world.journal.commit(tid);
    assertThat(world.journal.isDurable(tid)).isTrue();
    return null;
  }

  @ParameterizedTest
  @ValueSource(ints = {24, 32, 64, 256})
  void everyCrashOfAConcurrentRunKeepsHandlesWholeAndWhatWasReported(int journalBlocks)
      throws Exception {
    JournalWorld world = JournalWorld.fresh(journalBlocks);
    Queue<Report> reports = new ConcurrentLinkedQueue<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> results = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int number = thread;
        results.add(threads.submit(() -> work(world, number, reports)));
      }
      for (Future<?> result : results) {
        result.get();
      }
    }
    world.journal.close();

    List<Report> inOrder = new ArrayList<>(reports);
    Random random = new Random(journalBlocks);
    CrashWalk walk = world.device.crashWalk();
    while (walk.hasNext()) {
      int event = walk.advance();
      checkCrash(walk.losingAll(), event, inOrder, journalBlocks);
      checkCrash(walk.losingSome(random), event, inOrder, journalBlocks);
    }
    assertThat(countsAt(world.device.image())).containsOnly(100);
  }

  /** Counts to 100 in a block of its own and in a field of the shared one, in one handle each. */
  private static Void work(JournalWorld world, int thread, Queue<Report> reports)
      throws IOException {
    Random random = new Random(thread);
    for (int count = 1; count <= 100; count++) {
      long tid;
      try (Handle handle = world.journal.start(2)) {
        MetaBlock shared = world.block(SHARED);
        handle.modify(shared);
        Bytes.putLong(shared.data(), fieldOf(thread), count);
        JournalWorld.set(handle, world.block(thread), count);
        tid = handle.tid();
      }
      if (random.nextInt(3) == 0) {
        world.journal.commit(tid);
        reports.add(new Report(world.device.eventCount(), thread, count));
      }
    }
    return null;
  }

  private static void checkCrash(byte[] image, int event, List<Report> reports, int journalBlocks)
      throws IOException {
    TestDevice crashed = new TestDevice(image, false);
    Journal.recover(crashed, HOMES, journalBlocks, BLOCK_SIZE);
    long[] counts = countsAt(crashed.image());
    for (Report report : reports) {
      if (report.event() <= event) {
        assertThat(counts[report.thread()])
            .as("count of thread %d after %d events", report.thread(), event)
            .isGreaterThanOrEqualTo(report.count());
      }
    }
  }

  /** The count of each thread, which must be the same in both of its places. */
  private static long[] countsAt(byte[] image) throws IOException {
    long[] values = JournalWorld.values(image);
    long[] counts = new long[THREADS];
    for (int thread = 0; thread < THREADS; thread++) {
      long shared = Bytes.getLong(image, SHARED * BLOCK_SIZE + fieldOf(thread));
      assertThat(shared).as("count of thread %d", thread).isEqualTo(values[thread]);
      counts[thread] = shared;
    }
    return counts;
  }

  private static int fieldOf(int thread) {
    return (1 + thread) * Long.BYTES;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
