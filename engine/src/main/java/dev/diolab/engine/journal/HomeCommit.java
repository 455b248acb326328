package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * Commits without a log, as ext4 does without a journal: the blocks go home in ascending order,
 * then the device is flushed. A crash in between leaves any part of them, whole or torn.
 */
final class HomeCommit implements CommitTarget {
  private final JournalState state;
  private final BlockDevice device;
  private final HomeBatch batch;
  private final JournalCounters counters;

  HomeCommit(JournalState state, BlockDevice device, int blockSize, JournalCounters counters) {
    this.state = state;
    this.device = device;
    this.batch = new HomeBatch(device, blockSize);
    this.counters = counters;
  }

  @Override
  public void copy(Transaction transaction) {
    List<MetaBlock> blocks =
        transaction.joined().stream()
            .filter(block -> !block.forgotten)
            .sorted(Comparator.comparingLong(MetaBlock::number))
            .toList();
    batch.begin(blocks.size());
    blocks.forEach(batch::add);
  }

  @Override
  public void write(Transaction transaction) throws IOException {
    batch.write();
    device.flush();
    state.requireNotFailed();
    counters.countCommit(0);
  }

  @Override
  public void tidyUp() {
    // Everything is home.
  }

  @Override
  public void finish() {
    // Everything is home.
  }
}
