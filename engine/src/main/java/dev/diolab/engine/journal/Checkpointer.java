package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes logged blocks home so that the log's tail can move.
 *
 * <p>A block that the running transaction has joined stays: its live contents are not committed
 * yet. It holds the tail at its newest durable copy.
 *
 * <p><b>Why the log never overflows.</b> Let L be the log's blocks; a transaction takes at most
 * L/4, and a checkpoint follows every commit that leaves more than L/2 in use.
 *
 * <ol>
 *   <li>A checkpoint after the commit of k leaves only blocks that k+1 has joined. When k+1 commits
 *       it logs or revokes all of these, so no block needs a copy older than k+1 any more.
 *   <li>Hence, if checkpoints follow both k and k+1, the second moves the tail at least to the
 *       start of k+1: at most L/4 is in use then.
 *   <li>Let k begin with at most L/2 in use. It leaves at most 3L/4. If that is more than L/2, a
 *       checkpoint follows, which in the worst case frees nothing; k+1 then leaves at most L, and
 *       its checkpoint at most L/4. So k+1 or k+2 begins with at most L/2 again, and no commit
 *       finds less than L/4 free.
 * </ol>
 *
 * <p>Thread safety: fields belong to the lock in brackets; the [commit role] is held by one thread
 * at a time.
 */
final class Checkpointer {
  /** Blocks copied under one hold of the journal lock: some tens of microseconds. */
  private static final int BATCH_BLOCKS = 64;

  /** Where a transaction begins in the log. */
  private record LoggedTransaction(long tid, long position) {}

  private final JournalState state;
  private final BlockDevice device;
  private final LogArea area;
  private final LogWriter writer;
  private final JournalCounters counters;

  /** Blocks whose newest durable copy is in the log and not at home. [journal lock] */
  private final Set<MetaBlock> logged = new HashSet<>();

  /** Transactions from the tail to the head of the log. [commit role] */
  private final ArrayDeque<LoggedTransaction> transactions = new ArrayDeque<>();

  /** Id of the transaction that will be logged next. [commit role] */
  private long nextTid;

  /** [commit role] */
  private final HomeBatch home;

  Checkpointer(
      JournalState state,
      BlockDevice device,
      LogArea area,
      LogWriter writer,
      long nextTid,
      JournalCounters counters) {
    this.state = state;
    this.device = device;
    this.area = area;
    this.writer = writer;
    this.nextTid = nextTid;
    this.counters = counters;
    this.home = new HomeBatch(device, area.blockSize());
  }

  /** Notes that {@code transaction}, logged from {@code position} on, is durable. [journal lock] */
  void committed(Transaction transaction, long position) {
    for (MetaBlock block : transaction.joined()) {
      if (block.loggedTid == 0) {
        logged.add(block);
      }
      block.loggedTid = transaction.tid();
      block.copyTid = transaction.tid();
    }
    for (MetaBlock block : transaction.revoked()) {
      if (block.loggedTid != 0) {
        logged.remove(block);
        block.loggedTid = 0;
      }
      block.copyTid = 0;
    }
    transactions.add(new LoggedTransaction(transaction.tid(), position));
    nextTid = transaction.tid() + 1;
  }

  boolean isDue() {
    return writer.used() > area.logBlocks() / 2;
  }

  /** Writes home every logged block that the running transaction leaves free, in this order. */
  void checkpoint() throws IOException {
    MetaBlock[] candidates = candidates();
    for (int from = 0; from < candidates.length; from += BATCH_BLOCKS) {
      copyBatch(candidates, from);
      home.write();
    }
    if (candidates.length > 0) {
      device.flush();
    }
    moveTail();
    counters.countCheckpoint();
  }

  /** Writes everything home; no transaction may hold a block. */
  void emptyLog() throws IOException {
    if (!transactions.isEmpty()) {
      checkpoint();
    }
    if (!transactions.isEmpty()) {
      throw new AssertionError("blocks stay in the log although no transaction holds them");
    }
  }

  private MetaBlock[] candidates() {
    state.lock();
    try {
      long runningTid = state.runningTid();
      return logged.stream()
          .filter(block -> block.joinedTid != runningTid)
          .sorted(Comparator.comparingLong(MetaBlock::number))
          .toArray(MetaBlock[]::new);
    } finally {
      state.unlock();
    }
  }

  /**
   * Copies the candidates from {@code from} on that are still free, and takes them off the list.
   * The lock keeps a handle from joining and changing a block while it is copied: half of an
   * uncommitted change would come home.
   */
  private void copyBatch(MetaBlock[] candidates, int from) {
    int end = Math.min(candidates.length, from + BATCH_BLOCKS);
    home.begin(end - from);
    state.lock();
    try {
      for (int i = from; i < end; i++) {
        MetaBlock block = candidates[i];
        if (block.joinedTid != state.runningTid()) {
          home.add(block);
          logged.remove(block);
          block.loggedTid = 0;
        }
      }
    } finally {
      state.unlock();
    }
  }

  private void moveTail() throws IOException {
    long oldestNeeded = oldestNeededTid();
    while (!transactions.isEmpty() && transactions.getFirst().tid() < oldestNeeded) {
      transactions.removeFirst();
    }
    LoggedTransaction oldest =
        transactions.isEmpty()
            ? new LoggedTransaction(nextTid, writer.head())
            : transactions.getFirst();
    if (oldest.position() != writer.tail()) {
      writer.moveTail(oldest.position(), oldest.tid());
      state.claims().tailIs(oldest.tid());
    }
  }

  private long oldestNeededTid() {
    state.lock();
    try {
      return logged.stream().mapToLong(block -> block.loggedTid).min().orElse(Long.MAX_VALUE);
    } finally {
      state.unlock();
    }
  }
}
