package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;

/**
 * Commits into the log: a crash leaves all of a transaction or nothing. {@link #write} reads as the
 * order of the writes.
 *
 * <p>Guarantees, which recovery builds on:
 *
 * <ol>
 *   <li>All log blocks of a transaction, and all writes of the device that returned before, are
 *       durable before its commit record is issued. So file data that was written before its
 *       conversion joined the transaction is never missing behind a conversion that took place.
 *   <li>A block that goes home is on its way there before the commit record, although a crash may
 *       end the transaction then: recovery replays the copy of before over it, whole or torn, as
 *       long as the revoke is not durable. Once it is, so is the block at home.
 *   <li>The commit record is durable before the first block of a later transaction is issued.
 * </ol>
 */
final class LogCommit implements CommitTarget {
  private final JournalState state;
  private final BlockDevice device;
  private final LogWriter writer;
  private final LogImage image;
  private final HomeBatch home;
  private final Checkpointer checkpointer;
  private final JournalCounters counters;

  LogCommit(
      JournalState state,
      BlockDevice device,
      LogArea area,
      LogStart start,
      JournalCounters counters) {
    this.state = state;
    this.device = device;
    this.writer = new LogWriter(device, area, start.position());
    this.image = new LogImage(device, area);
    this.home = new HomeBatch(device, area.blockSize());
    this.checkpointer = new Checkpointer(state, device, area, writer, start.tid(), counters);
    this.counters = counters;
    state.claims().tailIs(start.tid());
  }

  @Override
  public void copy(Transaction transaction) {
    state.lock();
    try {
      transaction.bringHome(state.claims()::isInLog);
    } finally {
      state.unlock();
    }
    image.build(transaction);
    home.begin(transaction.broughtHome().size());
    transaction.broughtHome().forEach(home::add);
  }

  @Override
  public void write(Transaction transaction) throws IOException {
    long position = writer.head();
    writer.append(image);
    home.write();
    device.flush();
    state.requireNotFailed();
    writer.appendCommitRecord(transaction.tid(), image.blocks());
    counters.countCommit(image.blocks() + 1);
    state.lock();
    try {
      checkpointer.committed(transaction, position);
    } finally {
      state.unlock();
    }
  }

  /** Makes room in the log for the next transaction when that is due. */
  @Override
  public void tidyUp() throws IOException {
    if (checkpointer.isDue()) {
      checkpointer.checkpoint();
    }
  }

  @Override
  public void finish() throws IOException {
    checkpointer.emptyLog();
  }
}
