package dev.diolab.engine.journal;

import static dev.diolab.engine.journal.JournalWorld.BLOCK_SIZE;
import static dev.diolab.engine.journal.JournalWorld.HOMES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.journal.TestDevice.Event;
import dev.diolab.engine.journal.TestDevice.Kind;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Room in the log: checkpoints, the tail, and blocks that never leave the running transaction. */
class CheckpointTest {

  @ParameterizedTest
  @ValueSource(ints = {17, 18, 31, 32, 33, 64, 100})
  void thousandsOfTransactionsPassThroughATinyLog(int journalBlocks) throws IOException {
    JournalWorld world = JournalWorld.unrecorded(journalBlocks);
    Random random = new Random(journalBlocks);
    long[] expected = new long[HOMES];
    for (int i = 1; i <= 5000; i++) {
      long[] numbers =
          random
              .longs(1 + random.nextInt(world.journal.maxCredits()), 0, HOMES)
              .distinct()
              .toArray();
      world.journal.commit(world.change(i, numbers));
      for (long number : numbers) {
        expected[(int) number] = i;
      }
    }

    assertThat(world.journal.counters().commits()).isEqualTo(5000);
    assertThat(world.journal.counters().checkpoints()).isGreaterThan(100);
    TestDevice crashed = new TestDevice(world.device.image(), false);
    Journal.recover(crashed, HOMES, journalBlocks, BLOCK_SIZE);
    assertThat(JournalWorld.values(crashed.image())).isEqualTo(expected);
    world.journal.close();
    assertThat(JournalWorld.values(world.device.image())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 32, 64})
  void largestTransactionsOfBlocksThatAreAlwaysHeldFindRoom(int journalBlocks) throws IOException {
    JournalWorld world = JournalWorld.unrecorded(journalBlocks);
    int credits = world.journal.maxCredits();
    Handle handle = changeAll(world, 1, credits);
    for (int i = 2; i <= 2000; i++) {
      long tid = handle.tid();
      handle.close();
      Handle[] next = new Handle[1];
      int value = i;
      world.device.beforeFlush(
          () -> {
            if (next[0] == null) {
              next[0] = changeAll(world, value, credits);
            }
          });
      world.journal.commit(tid);
      handle = next[0];
    }
    handle.close();
    world.journal.commitAll();

    assertThat(world.journal.counters().commits()).isEqualTo(2000);
    JournalWorld after = JournalWorld.recovered(world.device.image(), journalBlocks);
    assertThat(JournalWorld.value(after.block(0).data())).isEqualTo(2000);
  }

  @Test
  void uncommittedChangeDoesNotComeHome() throws IOException {
    JournalWorld world = JournalWorld.unrecorded(32);
    long[] next = {world.change(1, 0)};
    world.device.beforeFlush(() -> next[0] = changeAndClose(world, 99, 0));

    for (int i = 0; i < 200; i++) {
      world.journal.commit(next[0]);
      world.change(i, 1 + i % (HOMES - 1));

      assertThat(JournalWorld.values(world.device.image())[0]).isZero();
    }

    assertThat(world.journal.counters().checkpoints()).isGreaterThan(10);
  }

  @Test
  void blocksComeHomeInAscendingOrderWithNeighboursInOneWriteBeforeTheTailMoves()
      throws IOException {
    JournalWorld world = JournalWorld.fresh(64);
    world.journal.commit(world.change(1, 9, 3, 4));
    world.journal.commit(world.change(1, 5, 20));
    int before = world.device.eventCount();

    world.journal.close();

    List<Event> events = world.device.events().subList(before, world.device.eventCount());
    assertThat(events)
        .extracting(Event::kind)
        .containsExactly(Kind.WRITE, Kind.WRITE, Kind.WRITE, Kind.FLUSH, Kind.WRITE_FUA);
    assertThat(events)
        .extracting(event -> event.offset() / BLOCK_SIZE)
        .containsExactly(3L, 9L, 20L, 0L, (long) HOMES);
    assertThat(events.get(0).bytes()).hasSize(3 * BLOCK_SIZE);
  }

  private static Handle changeAll(JournalWorld world, long value, int blocks) {
    try {
      Handle handle = world.journal.start(blocks);
      for (int number = 0; number < blocks; number++) {
        JournalWorld.set(handle, world.block(number), value);
      }
      return handle;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static long changeAndClose(JournalWorld world, long value, long block) {
    try {
      return world.change(value, block);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
