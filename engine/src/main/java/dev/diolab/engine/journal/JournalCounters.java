package dev.diolab.engine.journal;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts of a journal's work since it was opened.
 *
 * <p>Thread safety: updates and reads may run at once; a read that overlaps updates may miss some.
 */
public final class JournalCounters {
  private final LongAdder commits = new LongAdder();
  private final LongAdder blocksLogged = new LongAdder();
  private final LongAdder checkpoints = new LongAdder();

  JournalCounters() {}

  void countCommit(int logBlocks) {
    commits.increment();
    blocksLogged.add(logBlocks);
  }

  void countCheckpoint() {
    checkpoints.increment();
  }

  /** Commit records written. */
  public long commits() {
    return commits.sum();
  }

  /** Blocks written to the log: descriptors, copies, revoke blocks and commit records. */
  public long blocksLogged() {
    return blocksLogged.sum();
  }

  /** Times that logged blocks were written home to make room in the log. */
  public long checkpoints() {
    return checkpoints.sum();
  }
}
