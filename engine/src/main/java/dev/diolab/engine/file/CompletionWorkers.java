package dev.diolab.engine.file;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Threads that end asynchronous requests which may have to wait for that: for the journal, a page,
 * or a flush (s_dio_done_wq). They end requests in the order in which their transfers were over, as
 * many at a time as there are threads.
 *
 * <p>A thread is started when more requests wait than threads, up to {@link #MOST_THREADS}: a
 * conversion that waits for its commit must not hold up the others, which could share it.
 */
final class CompletionWorkers implements AutoCloseable {
  /** The most threads of a volume. */
  static final int MOST_THREADS = 64;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition work = lock.newCondition();

  /** Waiting requests, oldest first. [lock] */
  private @Nullable Flight first;

  private @Nullable Flight last;

  /** How many these are. [lock] */
  private int waiting;

  /** Threads without work, also those that were just woken. [lock] */
  private int idle;

  /** [lock] */
  private boolean stopped;

  /** [lock] */
  private final List<Thread> threads = new ArrayList<>();

  /** Ends {@code flight} soon. */
  void add(Flight flight) {
    lock.lock();
    try {
      if (stopped) {
        throw new AssertionError("a request ends after the unmount");
      }
      if (last == null) {
        first = flight;
      } else {
        last.next = flight;
      }
      last = flight;
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
    Thread thread = new Thread(this::serve, "diolab-dio-done-" + threads.size());
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  private void serve() {
    for (Flight flight = next(); flight != null; flight = next()) {
      flight.end(true);
    }
  }

  private @Nullable Flight next() {
    lock.lock();
    try {
      while (first == null && !stopped) {
        idle++;
        work.awaitUninterruptibly();
        idle--;
      }
      Flight flight = first;
      if (flight != null) {
        first = flight.next;
        last = first == null ? null : last;
        flight.next = null;
        waiting--;
      }
      return flight;
    } finally {
      lock.unlock();
    }
  }

  /** Ends the threads; no request is in flight. */
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
