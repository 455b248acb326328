package dev.diolab.engine.journal;

import java.io.IOException;

/**
 * Makes the running transaction durable.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>One thread at a time commits: the one with the [commit role].
 *   <li>It has no handle open.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>What is announced as durable is on the device, and so is every write of the device that
 *       returned before the commit began to write.
 *   <li>A freed block can be used again only after the transaction that freed it is durable.
 * </ol>
 */
final class Committer {
  private final JournalState state;
  private final BlockCache cache;
  private final CommitTarget target;

  Committer(JournalState state, BlockCache cache, CommitTarget target) {
    this.state = state;
    this.cache = cache;
    this.target = target;
  }

  /** Commits the running transaction, and makes room in the log for the next when that is due. */
  void commit() throws IOException {
    Transaction transaction = state.lockRunning();
    if (transaction.isEmpty()) {
      state.unlockRunning().forEach(Runnable::run);
      return;
    }
    target.copy(transaction);
    state.startNext();
    target.write(transaction);
    transaction.forgotten().forEach(cache::drop);
    transaction.takeActions().forEach(Runnable::run);
    state.announceDurable(transaction.tid());
    target.tidyUp();
  }
}
