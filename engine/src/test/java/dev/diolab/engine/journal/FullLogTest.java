package dev.diolab.engine.journal;

import static dev.diolab.engine.journal.JournalWorld.BLOCK_SIZE;
import static dev.diolab.engine.journal.JournalWorld.HOMES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** More work than the log has room for. */
class FullLogTest {
  private static final int THREADS = 6;
  private static final int BLOCKS_EACH = HOMES / THREADS;
  private static final int TRANSACTIONS_EACH = 1500;

  /** The smallest journal of a volume, and smaller ones. */
  @ParameterizedTest
  @CsvSource({"153, 1", "153, 3", "32, 0", "32, 3"})
  void writersWaitForRoomAndNoneFails(int journalBlocks, int commitEvery) throws Exception {
    JournalWorld world = JournalWorld.unrecorded(journalBlocks);
    List<Future<?>> writers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      for (int thread = 0; thread < THREADS; thread++) {
        long firstBlock = (long) thread * BLOCKS_EACH;
        writers.add(threads.submit(() -> write(world, firstBlock, commitEvery)));
      }
    }
    for (Future<?> writer : writers) {
      writer.get();
    }
    world.journal.commitAll();

    assertThat(world.journal.counters().checkpoints()).isGreaterThan(10);
    assertThat(world.journal.counters().blocksLogged()).isGreaterThan(10L * journalBlocks);
    TestDevice crashed = new TestDevice(world.device.image(), false);
    Journal.recover(crashed, HOMES, journalBlocks, BLOCK_SIZE);
    long[] values = JournalWorld.values(crashed.image());
    for (int block = 0; block < THREADS * BLOCKS_EACH; block++) {
      assertThat(values[block]).as("block %d", block).isEqualTo(TRANSACTIONS_EACH);
    }
  }

  /** Changes its blocks again and again; with 0 it never asks for a commit. */
  private static Void write(JournalWorld world, long firstBlock, int commitEvery)
      throws IOException {
    long[] blocks = new long[BLOCKS_EACH];
    for (int i = 0; i < BLOCKS_EACH; i++) {
      blocks[i] = firstBlock + i;
    }
    for (int value = 1; value <= TRANSACTIONS_EACH; value++) {
      long tid = world.change(value, Arrays.copyOf(blocks, BLOCKS_EACH / 2));
      tid =
          Math.max(
              tid, world.change(value, Arrays.copyOfRange(blocks, BLOCKS_EACH / 2, BLOCKS_EACH)));
      if (commitEvery > 0 && value % commitEvery == 0) {
        world.journal.commit(tid);
      }
    }
    return null;
  }
}
