package dev.diolab.engine.file;

import dev.diolab.engine.device.IoQueue;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reaps a queue while its owner cannot: between {@link #begin} and {@link #end}. Its thread is
 * started by the first need.
 *
 * <p>Guarantee: between {@code begin} and {@code end} every transfer that was submitted before is
 * completed without the owner. After {@code end} it may be at work until the next completion. When
 * the queue fails, the owner is told, who may be waiting for a completion; the rescuer goes on
 * looking every {@value #RETRY_MILLIS} ms, because the owner may also be asleep in a lock and
 * depend on what is complete already.
 */
final class Rescuer implements AutoCloseable {
  private static final int RETRY_MILLIS = 1;

  private final IoQueue queue;
  private final ThreadFactory factory;
  private final Consumer<Throwable> failed;

  /** [this] */
  private @Nullable Thread thread;

  /** How often begun and not ended. [this] */
  private int needs;

  /** Whether the thread waits in the queue. [this] */
  private boolean reaping;

  /** [this] */
  private boolean closed;

  /**
   * A rescuer of {@code queue}.
   *
   * @param factory makes its thread
   * @param failed told why the queue could not be reaped, each time that this is so
   */
  Rescuer(IoQueue queue, ThreadFactory factory, Consumer<Throwable> failed) {
    this.queue = queue;
    this.factory = factory;
    this.failed = failed;
  }

  /** The owner does not reap from now on. */
  synchronized void begin() {
    needs++;
    if (thread == null) {
      thread = factory.newThread(this::serve);
      thread.start();
    }
    notifyAll();
  }

  /** The owner reaps again; nothing if it never ceased to. */
  synchronized void end() {
    if (needs > 0) {
      needs--;
    }
  }

  /** Whether nobody but the owner reaps. */
  synchronized boolean isOut() {
    return needs == 0 && !reaping;
  }

  private void serve() {
    while (awaitNeed()) {
      try {
        queue.reap(1);
      } catch (IOException | RuntimeException | Error e) {
        failed.accept(e);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS));
      } finally {
        reaped();
      }
    }
  }

  private synchronized boolean awaitNeed() {
    while (!closed && (needs == 0 || queue.inFlight() == 0)) {
      try {
        wait();
      } catch (InterruptedException e) {
        // nobody interrupts this thread to any purpose
      }
    }
    reaping = !closed;
    return reaping;
  }

  private synchronized void reaped() {
    reaping = false;
    notifyAll();
  }

  /** Ends the thread; nothing is in flight. */
  @Override
  public void close() {
    Thread ending;
    synchronized (this) {
      closed = true;
      notifyAll();
      ending = thread;
    }
    boolean interrupted = false;
    while (ending != null && ending.isAlive()) {
      try {
        ending.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
