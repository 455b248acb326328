package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A physical block journal as jbd2's: changes gather in one running transaction while at most one
 * other is being committed.
 *
 * <p>A commit is done by the thread that asks for it; threads that ask meanwhile wait, and one of
 * them commits for all of them next (group commit). The commit thread is one more caller, every
 * {@link JournalOptions#commitInterval}.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>{@link #recover} ran on the area since the last crash.
 *   <li>A thread has at most one handle open, and none when it calls {@link #commit}, {@link #sync}
 *       or {@link #close}; one that would wait for itself gets an {@link AssertionError}.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>After a crash and {@link #recover} the image holds the changes of all transactions up to
 *       some tid and none of a later one; that tid is at least the newest that {@link #isDurable}.
 *   <li>{@link #start} waits while the log or the transaction is full; it never fails for that.
 *   <li>After a failure of the device, or {@link #abort}, every waiting and every later call ends
 *       with {@link JournalAbortedException}; nothing that was durable is lost.
 * </ol>
 *
 * <p>Thread safety: all methods may be called at once. The [journal lock] is innermost in the lock
 * ranking. Waiting is not ended by interrupts.
 */
public final class Journal implements AutoCloseable {
  private final BlockDevice device;
  private final LogArea area;
  private final JournalState state;
  private final CommitTarget target;
  private final Committer committer;
  private final @Nullable CommitThread commitThread;
  private final JournalCounters counters = new JournalCounters();

  private Journal(
      BlockDevice device,
      BlockCache cache,
      LogArea area,
      LogStart start,
      JournalOptions options,
      boolean logged) {
    this.device = device;
    this.area = area;
    this.state = new JournalState(area, start.tid());
    this.target =
        logged
            ? new LogCommit(state, device, area, start, counters)
            : new HomeCommit(state, device, area.blockSize(), counters);
    this.committer = new Committer(state, cache, target);
    this.commitThread =
        options.commitInBackground()
            ? new CommitThread(state, committer, options.commitInterval())
            : null;
  }

  /**
   * Writes an empty journal of {@code blocks} blocks at {@code firstBlock} and flushes it.
   *
   * <p>The whole log is zeroed: blocks of an older journal would pass for new ones.
   *
   * @throws IllegalArgumentException when the area is too small or not on the device
   */
  public static void format(BlockDevice device, long firstBlock, int blocks, int blockSize)
      throws IOException {
    LogStart.format(device, LogArea.on(device, firstBlock, blocks, blockSize));
  }

  /**
   * Brings the image to the state of the newest durable transaction and leaves an empty log; to be
   * called before any metadata is read. Running it again does no harm.
   *
   * @throws dev.diolab.engine.format.CorruptImageException when the superblock is damaged, or a
   *     transaction that was committed can not be read any more; the image is then left as it is
   */
  public static RecoverySummary recover(
      BlockDevice device, long firstBlock, int blocks, int blockSize) throws IOException {
    return new Recovery(device, LogArea.on(device, firstBlock, blocks, blockSize)).run();
  }

  /** As {@link #open(BlockDevice, BlockCache, long, int, JournalOptions)} with the defaults. */
  public static Journal open(BlockDevice device, BlockCache cache, long firstBlock, int blocks)
      throws IOException {
    return open(device, cache, firstBlock, blocks, JournalOptions.DEFAULT);
  }

  /**
   * Opens the journal at {@code firstBlock}, which is empty, for changes to the blocks of {@code
   * cache}. Its commit thread starts with the first handle.
   *
   * @throws dev.diolab.engine.format.CorruptImageException when the superblock is damaged
   * @throws IllegalStateException when the log is not empty: {@link #recover} comes first
   */
  public static Journal open(
      BlockDevice device, BlockCache cache, long firstBlock, int blocks, JournalOptions options)
      throws IOException {
    return open(device, cache, firstBlock, blocks, options, true);
  }

  /**
   * As {@link #open(BlockDevice, BlockCache, long, int, JournalOptions)}, but nothing is logged: a
   * commit writes the changed blocks home and flushes the device. Handles, credits, waiting and
   * failing are the same, and what {@link #isDurable} is on the device; but after a crash the image
   * may hold any part of the transaction that was being committed, so that guarantee 1 is void. The
   * area of the log stays empty.
   */
  public static Journal openWithoutLog(
      BlockDevice device, BlockCache cache, long firstBlock, int blocks, JournalOptions options)
      throws IOException {
    return open(device, cache, firstBlock, blocks, options, false);
  }

  private static Journal open(
      BlockDevice device,
      BlockCache cache,
      long firstBlock,
      int blocks,
      JournalOptions options,
      boolean logged)
      throws IOException {
    LogArea area = LogArea.on(device, firstBlock, blocks, cache.blockSize());
    LogStart start = LogStart.read(device, area);
    start.requireEmpty(device, area);
    return new Journal(device, cache, area, start, options, logged);
  }

  /**
   * Most credits of one handle of a journal that lies there; nothing is read or written.
   *
   * @throws IllegalArgumentException as {@link #format}
   */
  public static int maxCredits(BlockDevice device, long firstBlock, int blocks, int blockSize) {
    return LogArea.on(device, firstBlock, blocks, blockSize).maxCredits();
  }

  /** Most credits of one handle, in blocks. */
  public int maxCredits() {
    return area.maxCredits();
  }

  /**
   * Opens a handle that may modify {@code credits} blocks and forget as many. Waits while the
   * running transaction is being locked, and commits it first when it has no room for the handle.
   *
   * @throws IllegalArgumentException when {@code credits} is not in 1..{@link #maxCredits}
   * @throws IllegalStateException when the journal is closed
   * @throws JournalAbortedException after a failure of the device
   */
  public Handle start(int credits) throws JournalAbortedException {
    if (credits < 1 || credits > area.maxCredits()) {
      throw new IllegalArgumentException(
          "handle of " + credits + " credits: the journal allows 1.." + area.maxCredits());
    }
    if (commitThread != null) {
      commitThread.ensureStarted();
    }
    return state.start(credits, committer::commit);
  }

  /**
   * Waits until the changes of transaction {@code tid} are durable; commits it when nobody else
   * does. Returns at once when it is durable already, or when {@code tid} is 0, or when nothing was
   * changed in it: then there is no I/O, also no flush.
   *
   * @throws IllegalArgumentException when there was no such transaction
   * @throws JournalAbortedException after a failure of the device
   */
  public void commit(long tid) throws JournalAbortedException {
    if (isDurable(tid)) {
      return;
    }
    state.lock();
    try {
      if (tid > state.runningTid()) {
        throw new IllegalArgumentException(
            "transaction " + tid + " is newer than the running one, " + state.runningTid());
      }
      state.makeDurable(tid, committer::commit);
    } finally {
      state.unlock();
    }
  }

  /**
   * Waits until the changes of all handles that were closed before this call are durable.
   *
   * @throws JournalAbortedException after a failure of the device
   */
  public void commitAll() throws JournalAbortedException {
    state.lock();
    try {
      long newest = state.runningTid();
      state.makeDurable(newest - 1, committer::commit);
      state.makeDurable(newest, committer::commit);
    } finally {
      state.unlock();
    }
  }

  /**
   * What an fsync needs: on return transaction {@code tid} is durable, and so is every device write
   * that returned before the call. A commit that has yet to flush serves for both; one that is past
   * its flush, or over, may have missed the newest writes, and the device is flushed once more
   * (jbd2 calls it needs_barrier).
   *
   * <p>A flush that fails aborts the journal: the device may have dropped writes that it had in its
   * cache, and a later flush that succeeds would vouch for them.
   *
   * @throws IllegalArgumentException when there was no such transaction
   * @throws JournalAbortedException after a failure of the device, also when {@code tid} is durable
   */
  public void sync(long tid) throws JournalAbortedException {
    state.lock();
    boolean commitWillFlush;
    try {
      commitWillFlush = tid == state.runningTid();
    } finally {
      state.unlock();
    }
    commit(tid);
    if (!commitWillFlush || !isDurable(tid)) {
      flush();
    }
    state.requireNotFailed();
  }

  /** A way to change {@code block} without the log, where that is safe. */
  public InPlaceBlock inPlace(MetaBlock block) {
    return new InPlaceBlock(state, device, block);
  }

  private void flush() throws JournalAbortedException {
    try {
      device.flush();
    } catch (IOException e) {
      state.abortBecauseOf(e);
      throw new JournalAbortedException(e);
    }
  }

  /**
   * Gives the journal up as after a failure of the device, because metadata cannot be brought to a
   * consistent state (ext4: errors=remount-ro). Called with a handle open, it keeps the transaction
   * of that handle from ever being committed; the next {@link #recover} goes back to the one
   * before.
   */
  public void abort(Throwable cause) {
    state.abortBecauseOf(cause);
  }

  /** Why the journal is aborted, null while it works; one volatile read. */
  public @Nullable Throwable failure() {
    return state.failure();
  }

  /** Whether transaction {@code tid} and all before it are durable; takes no lock. */
  public boolean isDurable(long tid) {
    return state.isDurable(tid);
  }

  /** What was done since the journal was opened. */
  public JournalCounters counters() {
    return counters;
  }

  /**
   * Waits for open handles, makes everything durable, writes it home, and leaves an empty log. No
   * handle can be started from now on. Closing twice is harmless.
   *
   * @throws JournalAbortedException when the journal failed before or fails now; the next {@link
   *     #recover} restores what is durable
   */
  @Override
  public void close() throws JournalAbortedException {
    if (!state.beginClose()) {
      return;
    }
    try {
      state.finishClose(committer::commit, target::finish);
    } finally {
      if (commitThread != null) {
        commitThread.join();
      }
    }
  }
}
