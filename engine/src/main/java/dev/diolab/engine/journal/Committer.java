package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;

/**
 * Makes the running transaction durable. {@link #commit} reads as the order of the writes.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>One thread at a time commits: the one with the [commit role].
 *   <li>It has no handle open.
 * </ol>
 *
 * <p>Guarantees, which recovery and the callers build on:
 *
 * <ol>
 *   <li>All log blocks of a transaction, and all writes of the device that returned before, are
 *       durable before its commit record is issued. So file data that was written before its
 *       conversion joined the transaction is never missing behind a conversion that took place.
 *   <li>The commit record is durable before the first block of a later transaction is issued.
 *   <li>A freed block can be used again only after the transaction that freed it is durable.
 * </ol>
 */
final class Committer {
  private final JournalState state;
  private final BlockDevice device;
  private final BlockCache cache;
  private final LogWriter writer;
  private final LogImage image;
  private final Checkpointer checkpointer;
  private final JournalCounters counters;

  Committer(
      JournalState state,
      BlockDevice device,
      BlockCache cache,
      LogArea area,
      LogWriter writer,
      Checkpointer checkpointer,
      JournalCounters counters) {
    this.state = state;
    this.device = device;
    this.cache = cache;
    this.writer = writer;
    this.image = new LogImage(device, area);
    this.checkpointer = checkpointer;
    this.counters = counters;
  }

  /** Commits the running transaction, and makes room in the log for the next when that is due. */
  void commit() throws IOException {
    Transaction transaction = state.lockRunning();
    if (transaction.isEmpty()) {
      state.unlockRunning().forEach(Runnable::run);
      return;
    }
    image.build(transaction);
    state.startNext();

    long position = writer.head();
    writer.append(image);
    device.flush();
    writer.appendCommitRecord(transaction.tid(), image.blocks());
    counters.countCommit(image.blocks() + 1);

    state.lock();
    try {
      checkpointer.committed(transaction, position);
    } finally {
      state.unlock();
    }
    transaction.forgotten().forEach(cache::drop);
    transaction.takeActions().forEach(Runnable::run);
    state.announceDurable(transaction.tid());

    if (checkpointer.isDue()) {
      checkpointer.checkpoint();
    }
  }
}
