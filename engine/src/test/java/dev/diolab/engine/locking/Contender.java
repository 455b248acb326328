package dev.diolab.engine.locking;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A thread of a test that can be seen to wait for a lock, and to end. */
public final class Contender {
  /** Looks before a test gives up: tens of seconds, spent only by a test that fails. */
  private static final long LOOKS = 200_000_000;

  private final Thread thread;
  private volatile @Nullable Throwable failure;

  private Contender(Runnable body) {
    thread = new Thread(() -> run(body), "contender");
    thread.setDaemon(true);
  }

  /** Starts a thread that runs {@code body}. */
  public static Contender start(Runnable body) {
    Contender contender = new Contender(body);
    contender.thread.start();
    return contender;
  }

  /** Starts a thread that runs {@code body}, and returns when it waits in there. */
  public static Contender startAndAwaitWaiting(Runnable body) {
    Contender contender = start(body);
    contender.awaitWaiting();
    return contender;
  }

  private void run(Runnable body) {
    try {
      body.run();
    } catch (Throwable e) {
      failure = e;
    }
  }

  /** Returns when the thread sleeps until somebody wakes it; fails when it ends instead. */
  public void awaitWaiting() {
    await(
        () -> {
          if (thread.getState() == Thread.State.TERMINATED) {
            throw new AssertionError("the thread ended and did not wait", failure);
          }
          return thread.getState() == Thread.State.WAITING;
        });
  }

  /** Returns when the thread waits for a monitor that another thread is in. */
  public void awaitBlocked() {
    await(() -> thread.getState() == Thread.State.BLOCKED);
  }

  /** Returns when the thread ended; fails with what it threw. For threads that end soon. */
  public void awaitEnd() {
    await(() -> !thread.isAlive());
    checkFailure();
  }

  /**
   * Returns when the thread ended; fails with what it threw. For long work, in tests with a time
   * limit.
   */
  public void join() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError("the time limit of the test is over", e);
    }
    checkFailure();
  }

  private void checkFailure() {
    if (failure != null) {
      throw new AssertionError("the thread failed", failure);
    }
  }

  public boolean isWaiting() {
    return thread.getState() == Thread.State.WAITING;
  }

  void interrupt() {
    thread.interrupt();
  }

  /** Spins until {@code condition} holds. */
  public static void await(BooleanSupplier condition) {
    for (long i = 0; i < LOOKS; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      Thread.onSpinWait();
    }
    throw new AssertionError("waited in vain");
  }
}
