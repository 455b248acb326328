package dev.diolab.engine.journal;

import java.util.concurrent.locks.Condition;

/**
 * Which blocks the journal has no part in, and who changes one of those without the log.
 *
 * <p>A block is <em>free of the journal</em> when no running or committing transaction holds it and
 * recovery would replay no copy of it: every copy is revoked, durably, or the log's tail on the
 * device has passed it. Then what stands in memory stands at home, durably.
 *
 * <p>Thread safety: all state belongs to the [journal lock].
 */
final class HomeClaims {
  private final JournalState state;
  private final Condition unclaimed;

  /** Tid at the log's tail on the device; recovery replays nothing older. 0 without a log. */
  private long tailTid;

  HomeClaims(JournalState state, Condition unclaimed) {
    this.state = state;
    this.unclaimed = unclaimed;
  }

  /** The tail on the device is at transaction {@code tid}. Takes the lock. */
  void tailIs(long tid) {
    state.lock();
    try {
      tailTid = tid;
    } finally {
      state.unlock();
    }
  }

  /** Whether recovery would replay a durable copy of {@code block}. [journal lock] */
  boolean isInLog(MetaBlock block) {
    return block.copyTid >= tailTid;
  }

  /** Whether {@code block} is free of the journal. [journal lock] */
  boolean isFree(MetaBlock block) {
    return state.isDurable(block.joinedTid) && !isInLog(block);
  }

  /**
   * Keeps handles from joining {@code block} until {@link #end}, if it is free of the journal; what
   * they change would come home before their commit. Waits while somebody else has it. Takes the
   * lock.
   *
   * @return whether the caller has it now
   */
  boolean begin(MetaBlock block) throws JournalAbortedException {
    state.lock();
    try {
      awaitUnclaimed(block);
      state.requireNotFailed();
      block.claimed = isFree(block);
      return block.claimed;
    } finally {
      state.unlock();
    }
  }

  /** Takes the lock. */
  void end(MetaBlock block) {
    state.lock();
    try {
      block.claimed = false;
      unclaimed.signalAll();
    } finally {
      state.unlock();
    }
  }

  /**
   * Returns when nobody changes {@code block} without the log. Who does so waits for the device and
   * for nothing else, so a caller may have a handle open. [journal lock], released meanwhile.
   */
  void awaitUnclaimed(MetaBlock block) {
    while (block.claimed) {
      unclaimed.awaitUninterruptibly();
    }
  }
}
