package dev.diolab.engine.journal;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** Commits at a fixed interval what nobody asked to commit, until the journal closes or fails. */
final class CommitThread {
  private final JournalState state;
  private final Committer committer;
  private final long intervalNanos;
  private final Thread thread;
  private final AtomicBoolean started = new AtomicBoolean();

  CommitThread(JournalState state, Committer committer, Duration interval) {
    this.state = state;
    this.committer = committer;
    this.intervalNanos = interval.toNanos();
    this.thread = new Thread(this::run, "diolab-commit");
    thread.setDaemon(true);
  }

  /**
   * Starts the thread unless that was done before. Whoever only opens and closes a journal, as the
   * exploration of crashes does thousands of times, is spared the thread.
   */
  void ensureStarted() {
    if (!started.get() && started.compareAndSet(false, true)) {
      thread.start();
    }
  }

  /** Waits for the thread's end; the journal has been told to close. */
  void join() {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (state.awaitInterval(intervalNanos)) {
        commitRunning();
      }
    } catch (JournalAbortedException e) {
      // The journal keeps the failure and gives it to everyone who uses it from now on.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void commitRunning() throws JournalAbortedException {
    state.lock();
    try {
      state.makeDurable(state.runningTid(), committer::commit);
    } finally {
      state.unlock();
    }
  }
}
