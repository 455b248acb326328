package dev.diolab.engine.journal;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The state machine of a journal: which transaction runs, who commits, who waits, and whether the
 * journal is closed or has failed.
 *
 * <p>There is no commit queue. A thread that needs a commit and finds nobody committing takes the
 * <em>commit role</em> and does it. Threads that come meanwhile wait; when the role is free again,
 * one of them commits for all that wait for the same transaction.
 *
 * <p>Thread safety: methods marked [journal lock] want it held by the caller, those marked [commit
 * role] are called by its holder; all others may be called at once. Waiting is not ended by
 * interrupts.
 */
final class JournalState {
  private final LogArea area;

  /** The journal lock. Without it, a block could join a transaction that is already copied. */
  private final ReentrantLock lock = new ReentrantLock();

  /** The running transaction accepts handles again. */
  private final Condition startable = lock.newCondition();

  /** The locked transaction has lost its last handle. */
  private final Condition handlesClosed = lock.newCondition();

  /** The journal is closing or has failed: no more periodic commits. */
  private final Condition stopping = lock.newCondition();

  /**
   * Who waits for tid t waits at t mod 2: only the transaction that is being committed and the
   * running one have waiters, and the end of a commit must wake all of the first but only one of
   * the second, which then commits for the others.
   */
  private final Condition[] durable = {lock.newCondition(), lock.newCondition()};

  private final HomeClaims claims = new HomeClaims(this, lock.newCondition());

  /** Accepts handles unless it is locked. [journal lock] */
  private Transaction running;

  /** Whether some thread has the commit role. [journal lock] */
  private boolean committing;

  /** Whether no new handle may start. [journal lock] */
  private boolean closed;

  /** Why the journal is aborted. Written once, under [journal lock]. */
  private volatile @Nullable Throwable failure;

  /** All transactions up to this one are durable. Written under [journal lock]. */
  private volatile long durableTid;

  /** What a thread does while it has the commit role. */
  interface Duty {
    void perform() throws IOException;
  }

  JournalState(LogArea area, long firstTid) {
    this.area = area;
    this.running = new Transaction(firstTid, area);
    this.durableTid = firstTid - 1;
  }

  void lock() {
    lock.lock();
  }

  void unlock() {
    lock.unlock();
  }

  /** Who changes blocks without the log. */
  HomeClaims claims() {
    return claims;
  }

  /** Tid of the running transaction. [journal lock] */
  long runningTid() {
    return running.tid();
  }

  boolean isDurable(long tid) {
    return tid <= durableTid;
  }

  /** Opens a handle; waits while the transaction is locked, commits it when it is full. */
  JournalHandle start(int credits, Duty commit) throws JournalAbortedException {
    lock.lock();
    try {
      while (true) {
        requireNotFailed();
        if (closed) {
          throw new IllegalStateException("journal is closed");
        }
        if (running.state() == Transaction.State.LOCKED) {
          running.requireNoHandleOf(Thread.currentThread());
          startable.awaitUninterruptibly();
        } else if (running.hasRoomFor(credits)) {
          JournalHandle handle = new JournalHandle(this, running, credits);
          running.open(handle, credits);
          return handle;
        } else {
          makeDurable(running.tid(), commit);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends {@code handle} with what it has not used. */
  void end(JournalHandle handle, Transaction transaction, int creditsLeft, int revokesLeft) {
    lock.lock();
    try {
      transaction.close(handle, creditsLeft, revokesLeft);
      if (transaction.state() == Transaction.State.LOCKED && !transaction.hasOpenHandles()) {
        handlesClosed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns when {@code tid} is durable, or has nothing to make durable and the one before is; that
   * may still be on its way. Performs {@code commit} when nobody else does. [journal lock],
   * released meanwhile.
   */
  void makeDurable(long tid, Duty commit) throws JournalAbortedException {
    while (durableTid < tid) {
      requireNotFailed();
      long awaited = tid;
      if (running.tid() == tid) {
        running.requireNoHandleOf(Thread.currentThread());
        if (running.isIdle()) {
          awaited = tid - 1;
        }
      }
      if (isDurable(awaited)) {
        // The end of a commit may have woken this thread alone, to commit for all who wait.
        waitersOf(tid).signalAll();
        return;
      }
      if (committing) {
        waitersOf(awaited).awaitUninterruptibly();
      } else {
        performWithRole(commit);
      }
    }
  }

  /**
   * Keeps new handles out of the running transaction and waits for its open ones. [commit role]
   *
   * @throws JournalAbortedException when one of them aborted the journal
   */
  Transaction lockRunning() throws JournalAbortedException {
    lock.lock();
    try {
      running.moveTo(Transaction.State.LOCKED);
      while (running.hasOpenHandles()) {
        handlesClosed.awaitUninterruptibly();
      }
      requireNotFailed();
      return running;
    } finally {
      lock.unlock();
    }
  }

  /** Lets the locked transaction run on, as it is empty; returns its actions. [commit role] */
  List<Runnable> unlockRunning() {
    lock.lock();
    try {
      running.moveTo(Transaction.State.RUNNING);
      startable.signalAll();
      return running.takeActions();
    } finally {
      lock.unlock();
    }
  }

  /** Puts a new transaction in the place of the locked one, which is copied. [commit role] */
  void startNext() {
    lock.lock();
    try {
      running.moveTo(Transaction.State.COMMITTING);
      running = new Transaction(running.tid() + 1, area);
      startable.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes everyone who waits for {@code tid}. [commit role] */
  void announceDurable(long tid) {
    lock.lock();
    try {
      durableTid = tid;
      waitersOf(tid).signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Starts the end: no handle starts from now on. False when that was said before. */
  boolean beginClose() {
    lock.lock();
    try {
      boolean first = !closed;
      closed = true;
      startable.signalAll();
      stopping.signalAll();
      return first;
    } finally {
      lock.unlock();
    }
  }

  /** Makes the last changes durable, then performs {@code last} with the commit role. */
  void finishClose(Duty commit, Duty last) throws JournalAbortedException {
    lock.lock();
    try {
      makeDurable(running.tid() - 1, commit);
      makeDurable(running.tid(), commit);
      while (committing) {
        waitersOf(running.tid()).awaitUninterruptibly();
      }
      requireNotFailed();
      performWithRole(last);
      requireNotFailed();
    } finally {
      lock.unlock();
    }
  }

  /** Waits {@code nanos}; false when the journal closes or fails before or meanwhile. */
  boolean awaitInterval(long nanos) throws InterruptedException {
    long nanosLeft = nanos;
    lock.lock();
    try {
      while (nanosLeft > 0 && !closed && failure == null) {
        nanosLeft = stopping.awaitNanos(nanosLeft);
      }
      return !closed && failure == null;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the commit role, performs {@code duty} without the journal lock, and hands the role on. A
   * failure aborts the journal; one that is our own bug is thrown on. [journal lock]
   */
  private void performWithRole(Duty duty) {
    committing = true;
    lock.unlock();
    @Nullable Throwable failed = null;
    try {
      duty.perform();
    } catch (IOException e) {
      failed = e;
    } catch (RuntimeException | Error e) {
      failed = e;
      throw e;
    } finally {
      lock.lock();
      committing = false;
      if (failed == null) {
        wakeNext();
      } else {
        abort(failed);
      }
    }
  }

  /** Wakes who shall commit next; all who wait for a transaction that turned out to be empty. */
  private void wakeNext() {
    if (running.isIdle()) {
      waitersOf(running.tid()).signalAll();
    } else {
      waitersOf(running.tid()).signal();
    }
  }

  /** Lets every waiting and every later call fail; the first cause is the one that is told. */
  void abortBecauseOf(Throwable cause) {
    lock.lock();
    try {
      abort(cause);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Wakes everyone also when the journal was aborted before: a closer that woke then has gone back
   * to wait for the commit role, which the second failure gives free.
   */
  private void abort(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    startable.signalAll();
    stopping.signalAll();
    for (Condition waiters : durable) {
      waiters.signalAll();
    }
  }

  private Condition waitersOf(long tid) {
    return durable[(int) (tid & 1)];
  }

  /** Why the journal is aborted, null when it is not; takes no lock. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Takes no lock. */
  void requireNotFailed() throws JournalAbortedException {
    Throwable cause = failure;
    if (cause != null) {
      throw new JournalAbortedException(cause);
    }
  }
}
