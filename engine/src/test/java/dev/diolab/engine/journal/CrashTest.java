package dev.diolab.engine.journal;

import static dev.diolab.engine.journal.JournalWorld.BLOCK_SIZE;
import static dev.diolab.engine.journal.JournalWorld.HOMES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.journal.TestDevice.CrashWalk;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A crash after every single write and flush of a run, with all, none and random parts of the
 * unflushed writes, leaves the state of one transaction that is not older than reported.
 */
class CrashTest {
  private static final int SUBSETS = 3;

  @ParameterizedTest
  @CsvSource({"32, 1", "32, 2", "64, 3", "64, 4", "128, 5"})
  void everyCrashLeavesTheStateOfOneTransactionThatIsNotOlderThanReported(
      int journalBlocks, long seed) throws IOException {
    JournalWorld world = JournalWorld.fresh(journalBlocks);
    CrashWorkload workload = new CrashWorkload(world, seed);
    workload.run(250);
    assertThat(world.journal.counters().checkpoints()).isGreaterThan(5);

    Random random = new Random(seed);
    CrashWalk walk = world.device.crashWalk();
    while (walk.hasNext()) {
      int event = walk.advance();
      check(workload, walk.losingAll(), event, journalBlocks);
      check(workload, walk.losingNone(), event, journalBlocks);
      for (int i = 0; i < SUBSETS; i++) {
        check(workload, walk.losingSome(random), event, journalBlocks);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"32, 11", "64, 12"})
  void crashDuringRecoveryDoesNotChangeWhatIsRecovered(int journalBlocks, long seed)
      throws IOException {
    JournalWorld world = JournalWorld.fresh(journalBlocks);
    CrashWorkload workload = new CrashWorkload(world, seed);
    workload.run(60);

    Random random = new Random(seed);
    CrashWalk walk = world.device.crashWalk();
    int recoveriesWithWrites = 0;
    while (walk.hasNext()) {
      int event = walk.advance();
      TestDevice crashed = new TestDevice(walk.losingSome(random), true);
      long tid = check(workload, crashed.image(), event, journalBlocks);
      Journal.recover(crashed, HOMES, journalBlocks, BLOCK_SIZE);
      recoveriesWithWrites += crashed.eventCount() > 1 ? 1 : 0;
      CrashWalk recovery = crashed.crashWalk();
      while (recovery.hasNext()) {
        recovery.advance();
        byte[] twice = recovery.losingSome(random);
        assertThat(check(workload, twice, event, journalBlocks)).isEqualTo(tid);
      }
    }
    assertThat(recoveriesWithWrites).isPositive();
  }

  @ParameterizedTest
  @CsvSource({"32, 21", "64, 22"})
  void journalGoesOnAfterACrash(int journalBlocks, long seed) throws IOException {
    JournalWorld world = JournalWorld.fresh(journalBlocks);
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      long durable = world.change(2L * round + 1, random.nextInt(3), 5, 6, 7);
      world.journal.commit(durable);
      long lost = world.change(2L * round + 2, random.nextInt(3), 5, 6, 8);
      int crashAfter = world.device.eventCount() + 1;
      world.journal.commit(lost);
      CrashWalk walk = world.device.crashWalk();
      while (walk.advance() < crashAfter) {
        assertThat(walk.hasNext()).isTrue();
      }

      world = JournalWorld.recovered(walk.losingSome(random), journalBlocks);

      assertThat(JournalWorld.value(world.block(6).data())).isEqualTo(2L * round + 1);
    }
  }

  private static long check(CrashWorkload workload, byte[] image, int event, int journalBlocks)
      throws IOException {
    TestDevice device = new TestDevice(image.clone(), false);
    Journal.recover(device, HOMES, journalBlocks, BLOCK_SIZE);
    long reported = workload.reportedAt(event);
    long tid = workload.tidOf(device.image(), event, reported);
    assertThat(tid)
        .as("state after %d events, of which tid %d was reported durable", event, reported)
        .isGreaterThanOrEqualTo(reported);
    return tid;
  }
}
