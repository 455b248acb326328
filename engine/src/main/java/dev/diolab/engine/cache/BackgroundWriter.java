package dev.diolab.engine.cache;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Writes pages out that have been dirty for {@value #EXPIRY_SECONDS} seconds, and any when there
 * are many. A failure leaves the page dirty and is told to the next fsync of its file.
 *
 * <p>Thread safety: all methods may be called at once.
 */
final class BackgroundWriter {
  private static final long EXPIRY_SECONDS = 5;
  static final long EXPIRY_NANOS = TimeUnit.SECONDS.toNanos(EXPIRY_SECONDS);

  /** Time before a pass that could not do its work is tried again. */
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final PagePool pool;

  /** Started with the first dirty page. Set under [this], read without a lock. */
  private volatile @Nullable Thread thread;

  /** Whether the thread sleeps until the oldest page expires. */
  private volatile boolean idle;

  private volatile boolean closed;

  BackgroundWriter(PagePool pool) {
    this.pool = pool;
  }

  /** A page became dirty. */
  void dirtied() {
    if (thread == null) {
      start();
    } else if (idle && pool.hasManyDirty()) {
      LockSupport.unpark(thread);
    }
  }

  private synchronized void start() {
    if (thread == null && !closed) {
      Thread started = new Thread(this::run, "diolab-page-writer");
      started.setDaemon(true);
      started.start();
      thread = started;
    }
  }

  /** Ends the thread after the write-out that it is at. */
  void close() {
    Thread running;
    synchronized (this) {
      closed = true;
      running = thread;
    }
    if (running == null) {
      return;
    }
    LockSupport.unpark(running);
    boolean interrupted = false;
    while (running.isAlive()) {
      try {
        running.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (!closed) {
      long sleep = pass();
      idle = true;
      boolean manyAgain = pool.hasManyDirty() && sleep > RETRY_NANOS;
      if (!closed && !manyAgain) {
        LockSupport.parkNanos(this, sleep);
      }
      idle = false;
    }
  }

  /**
   * Goes once through the files with dirty pages and writes out what is due.
   *
   * @return nanoseconds until the next pass is due
   */
  long pass() {
    long next = EXPIRY_NANOS;
    for (int i = pool.dirtyFiles().size(); i > 0 && !closed; i--) {
      WriteOut file = pool.dirtyFiles().next();
      if (file == null) {
        break;
      }
      long age = pool.now() - file.dirtySince();
      if (pool.hasManyDirty() || age >= EXPIRY_NANOS) {
        writeOut(file);
        age = 0;
      }
      if (file.hasDirty()) {
        next = Math.min(next, EXPIRY_NANOS - age);
      } else {
        pool.dirtyFiles().removeIfClean(file);
      }
    }
    return pool.hasManyDirty() ? RETRY_NANOS : next;
  }

  private void writeOut(WriteOut file) {
    try {
      file.writeSome(Integer.MAX_VALUE);
    } catch (IOException e) {
      // kept by the file for its next fsync
    } catch (RuntimeException | Error e) {
      file.keep(new IOException("the background writer broke down", e));
    }
    file.restartAge(pool.now());
  }
}
