package dev.diolab.engine.journal;

import static dev.diolab.engine.journal.JournalWorld.BLOCK_SIZE;
import static dev.diolab.engine.journal.JournalWorld.HOMES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.format.JournalHeader;
import dev.diolab.engine.journal.TestDevice.Event;
import dev.diolab.engine.journal.TestDevice.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What a commit sends to the device, in which order, and what becomes visible when. */
class CommitTest {
  private static final int JOURNAL_BLOCKS = 64;

  private final JournalWorld world;

  CommitTest() throws IOException {
    world = JournalWorld.fresh(JOURNAL_BLOCKS);
  }

  @Test
  void smallCommitIsOneWriteOneFlushAndOneFuaRecord() throws IOException {
    long tid = world.change(7, 1, 2, 3);

    world.journal.commit(tid);

    assertThat(world.device.events())
        .extracting(Event::kind)
        .containsExactly(Kind.WRITE, Kind.FLUSH, Kind.WRITE_FUA);
    Event log = world.device.events().get(0);
    Event record = world.device.events().get(2);
    assertThat(log.offset()).isEqualTo((HOMES + 1L) * BLOCK_SIZE);
    assertThat(log.bytes()).hasSize(4 * BLOCK_SIZE);
    assertThat(JournalHeader.type(log.bytes())).isEqualTo(JournalHeader.DESCRIPTOR);
    assertThat(record.offset()).isEqualTo((HOMES + 5L) * BLOCK_SIZE);
    assertThat(JournalHeader.type(record.bytes())).isEqualTo(JournalHeader.COMMIT);
    assertThat(world.journal.isDurable(tid)).isTrue();
    assertThat(world.journal.counters().commits()).isEqualTo(1);
    assertThat(world.journal.counters().blocksLogged()).isEqualTo(5);
  }

  @Test
  void commitThatWrapsIsTwoWrites() throws IOException {
    int fiveBlockCommitsBeforeTheWrap = (JOURNAL_BLOCKS - 1) / 5;
    for (int i = 0; i < fiveBlockCommitsBeforeTheWrap; i++) {
      world.journal.commit(world.change(i, 1, 2, 3));
    }
    int before = world.device.eventCount();

    world.journal.commit(world.change(99, 1, 2, 3));

    List<Event> wrapped = world.device.events().subList(before, world.device.eventCount());
    assertThat(wrapped)
        .extracting(Event::kind)
        .containsExactly(Kind.WRITE, Kind.WRITE, Kind.FLUSH, Kind.WRITE_FUA);
    long end = wrapped.get(0).offset() + wrapped.get(0).bytes().length;
    assertThat(end).isEqualTo((HOMES + JOURNAL_BLOCKS) * (long) BLOCK_SIZE);
    assertThat(wrapped.get(1).offset()).isEqualTo((HOMES + 1L) * BLOCK_SIZE);
  }

  @Test
  void commitOfNothingDoesNoInputOrOutput() throws IOException {
    long tid;
    try (Handle handle = world.journal.start(4)) {
      tid = handle.tid();
    }

    world.journal.commit(0);
    world.journal.commit(tid);
    world.journal.commitAll();

    assertThat(world.device.events()).isEmpty();
    assertThat(world.journal.counters().commits()).isZero();
  }

  @Test
  void commitOfDurableTransactionDoesNoInputOrOutput() throws IOException {
    long tid = world.change(7, 1);
    world.journal.commit(tid);
    int events = world.device.eventCount();

    world.journal.commit(tid);

    assertThat(world.device.eventCount()).isEqualTo(events);
  }

  @Test
  void blockJoinedByManyHandlesIsLoggedOnceWithItsLastContents() throws IOException {
    world.change(1, 5);
    world.change(2, 5);
    long tid = world.change(3, 5);
    world.journal.commit(tid);

    Event log = world.device.events().get(0);
    assertThat(log.bytes()).hasSize(2 * BLOCK_SIZE);
    JournalWorld after = JournalWorld.recovered(world.device.image(), JOURNAL_BLOCKS);
    assertThat(JournalWorld.value(after.block(5).data())).isEqualTo(3);
  }

  @Test
  void nextTransactionMayChangeBlocksWhileTheyAreWritten() throws IOException {
    long tid = world.change(1, 5);
    List<Long> tids = new ArrayList<>();
    world.device.beforeFlush(
        () -> {
          try {
            tids.add(world.change(2, 5));
          } catch (IOException e) {
            throw new AssertionError(e);
          }
        });

    world.journal.commit(tid);

    assertThat(tids).containsExactly(tid + 1);
    assertThat(world.journal.isDurable(tid + 1)).isFalse();
    JournalWorld after = JournalWorld.recovered(world.device.image(), JOURNAL_BLOCKS);
    assertThat(JournalWorld.value(after.block(5).data())).isEqualTo(1);
  }

  @Test
  void afterCommitRunsOnceBehindTheCommitRecordAndBeforeTheWaiterReturns() throws IOException {
    List<Integer> eventsWhenRun = new ArrayList<>();
    long tid;
    try (Handle handle = world.journal.start(1)) {
      JournalWorld.set(handle, world.block(1), 7);
      handle.afterCommit(() -> eventsWhenRun.add(world.device.eventCount()));
      tid = handle.tid();
    }
    assertThat(eventsWhenRun).isEmpty();

    world.journal.commit(tid);
    world.journal.commit(world.change(8, 1));

    assertThat(eventsWhenRun).containsExactly(3);
  }

  @Test
  void afterCommitOfEmptyTransactionRunsAtTheNextCommit() throws IOException {
    List<String> run = new ArrayList<>();
    long tid;
    try (Handle handle = world.journal.start(1)) {
      handle.afterCommit(() -> run.add("ran"));
      tid = handle.tid();
    }

    world.journal.commit(tid);

    assertThat(run).containsExactly("ran");
    assertThat(world.device.events()).isEmpty();
  }

  @Test
  void syncOfTheRunningTransactionNeedsNoSecondFlush() throws IOException {
    world.journal.sync(world.change(7, 1));

    assertThat(world.device.events())
        .extracting(Event::kind)
        .containsExactly(Kind.WRITE, Kind.FLUSH, Kind.WRITE_FUA);
  }

  @Test
  void syncWithNothingToCommitFlushes() throws IOException {
    long tid = world.change(7, 1);
    world.journal.commit(tid);
    int before = world.device.eventCount();

    world.journal.sync(tid);
    world.journal.sync(tid + 1);

    assertThat(world.device.events().subList(before, world.device.eventCount()))
        .extracting(Event::kind)
        .containsExactly(Kind.FLUSH, Kind.FLUSH);
  }

  @Test
  void syncOfATransactionThatIsBeingCommittedFlushesAgain() throws Exception {
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      long tid = world.change(7, 1);
      List<Future<?>> syncs = new ArrayList<>();
      world.device.beforeFlush(
          () -> {
            world.device.beforeFlush(() -> {});
            syncs.add(threads.submit(() -> sync(tid)));
          });

      world.journal.commit(tid);
      syncs.get(0).get();

      assertThat(world.device.events())
          .extracting(Event::kind)
          .containsExactly(Kind.WRITE, Kind.FLUSH, Kind.WRITE_FUA, Kind.FLUSH);
    }
  }

  private Void sync(long tid) throws IOException {
    world.journal.sync(tid);
    return null;
  }

  @Test
  void closeBringsEverythingHomeAndLeavesAnEmptyLog() throws IOException {
    world.change(7, 1, 2);
    world.journal.commit(world.change(8, 2, 3));
    world.change(9, 4);

    world.journal.close();
    world.journal.close();

    assertThat(JournalWorld.values(world.device.image())).startsWith(0, 7, 8, 8, 9, 0);
    TestDevice again = new TestDevice(world.device.image(), true);
    RecoverySummary summary = Journal.recover(again, HOMES, JOURNAL_BLOCKS, BLOCK_SIZE);
    assertThat(summary.transactions()).isZero();
    assertThat(summary.blocksWritten()).isZero();
  }

  @Test
  void copyThatBeginsWithTheMagicIsEscapedAndRestored() throws IOException {
    long value = JournalHeader.MAGIC;
    long tid = world.change(value, 6);
    world.journal.commit(tid);

    byte[] log = world.device.events().get(0).bytes();
    assertThat(log[BLOCK_SIZE]).isZero();
    JournalWorld after = JournalWorld.recovered(world.device.image(), JOURNAL_BLOCKS);
    assertThat(JournalWorld.value(after.block(6).data())).isEqualTo(value);
  }

  @Test
  void transactionOfManyDescriptorsIsReplayedWhole() throws IOException {
    int journalBlocks = 1024;
    int homes = 200;
    byte[] image = new byte[(homes + journalBlocks) * BLOCK_SIZE];
    TestDevice device = new TestDevice(image, true);
    Journal.format(device, homes, journalBlocks, BLOCK_SIZE);
    BlockCache cache = new BlockCache(device, BLOCK_SIZE);
    Journal journal =
        Journal.open(device, cache, homes, journalBlocks, JournalOptions.withoutCommitThread());
    try (Handle handle = journal.start(homes)) {
      for (int number = 0; number < homes; number++) {
        JournalWorld.set(handle, cache.get(number, JournalWorld.SEAL), number + 1);
      }
    }
    journal.commitAll();

    RecoverySummary summary = Journal.recover(device, homes, journalBlocks, BLOCK_SIZE);

    assertThat(summary).isEqualTo(new RecoverySummary(1, 1, homes, homes, 0));
    cache.dropAll();
    for (int number = 0; number < homes; number++) {
      byte[] data = cache.get(number, JournalWorld.SEAL).data();
      assertThat(JournalWorld.value(data)).isEqualTo(number + 1);
    }
  }
}
