package dev.diolab.engine.file;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads that end asynchronous requests which may have to wait for that: for the journal, a page,
 * or a flush (s_dio_done_wq); and that convert what completed before its conversion. They begin in
 * the order in which the work came, and do as much at a time as there are threads.
 *
 * <p>A thread is started when more requests wait than threads, up to {@link #MOST_THREADS}: a
 * conversion that waits for its commit must not hold up the others, which could share it. What
 * breaks in one completion is told there; a thread outlives it, and does what waits behind it.
 */
final class CompletionWorkers implements AutoCloseable {
  /** The most threads of a volume. */
  static final int MOST_THREADS = 64;

  private final ThreadFactory factory;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();

  /** What waits, oldest first. [lock] */
  private @Nullable Completion first;

  private @Nullable Completion last;

  /** How many these are. [lock] */
  private int waiting;

  /** Threads without work, also those that were just woken. [lock] */
  private int idle;

  /** [lock] */
  private boolean stopped;

  /** [lock] */
  private final List<Thread> threads = new ArrayList<>();

  /** Starts threads of {@code factory} when there is work. */
  CompletionWorkers(ThreadFactory factory) {
    this.factory = factory;
  }

  /** Makes the threads of the volume that look after asynchronous requests. */
  ThreadFactory factory() {
    return factory;
  }

  /** Does {@code completion} soon. */
  void add(Completion completion) {
    lock.lock();
    try {
      if (stopped) {
        throw new AssertionError("work for a completion worker after the unmount");
      }
      if (last == null) {
        first = completion;
      } else {
        last.behind = completion;
      }
      last = completion;
      waiting++;
      if (idle >= waiting) {
        work.signal();
      } else if (threads.size() < MOST_THREADS) {
        startThread();
      }
    } finally {
      lock.unlock();
    }
  }

  private void startThread() {
    Thread thread = factory.newThread(this::serve);
    threads.add(thread);
    thread.start();
  }

  private void serve() {
    for (Completion work = next(); work != null; work = next()) {
      try {
        work.run();
      } catch (RuntimeException | Error e) {
        Uncaught.tell(e);
      }
    }
  }

  private @Nullable Completion next() {
    lock.lock();
    try {
      while (first == null && !stopped) {
        idle++;
        work.awaitUninterruptibly();
        idle--;
      }
      Completion next = first;
      if (next != null) {
        first = next.behind;
        last = first == null ? null : last;
        next.behind = null;
        waiting--;
      }
      return next;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the threads when they have done what waits; no request is in flight. */
  @Override
  public void close() {
    lock.lock();
    try {
      stopped = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
