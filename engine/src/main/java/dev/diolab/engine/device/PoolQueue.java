package dev.diolab.engine.device;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue that runs the synchronous transfers of any device in threads of its own, as glibc does
 * for aio(7): works everywhere, and costs two switches of thread for a transfer.
 *
 * <p>Assumptions and guarantees: those of {@link IoQueue}. Transfers begin in the order in which
 * they were queued, at most {@link #MOST_THREADS} at a time. A thread is started when there are
 * more transfers than threads, and ends with the queue.
 */
final class PoolQueue extends SlotQueue {
  /** The most threads of a queue: more transfers at once do no disk of today any good. */
  static final int MOST_THREADS = 16;

  private static final AtomicLong QUEUES = new AtomicLong();

  private final String name = "diolab-io-" + QUEUES.incrementAndGet() + "-";

  /** Queued and not yet handed to the threads: [owner]. */
  private final SlotRing queued;

  /** Guards what owner, threads and reaper share: two threads would take the same slot. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition work = lock.newCondition();
  private final Condition finished = lock.newCondition();

  /** Handed over and not begun: [lock]. */
  private final SlotRing waiting;

  /** Over and not reaped: [lock]. */
  private final SlotRing completed;

  /** Why the transfer of a completed slot failed: [lock]. */
  private final @Nullable IOException[] failure;

  /** Handed over and not reaped: [lock]. */
  private int started;

  /** [lock] */
  private boolean stopped;

  /** [lock] */
  private final List<Thread> threads = new ArrayList<>();

  PoolQueue(BlockDevice device, int depth) {
    super(device, depth);
    queued = new SlotRing(depth);
    waiting = new SlotRing(depth);
    completed = new SlotRing(depth);
    failure = new @Nullable IOException[depth];
  }

  @Override
  void enqueue(int slot) {
    queued.add(slot);
  }

  @Override
  void start() {
    if (queued.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      while (!queued.isEmpty()) {
        waiting.add(queued.remove());
        started++;
        work.signal();
      }
      while (threads.size() < Math.min(started, MOST_THREADS)) {
        Thread thread = new Thread(this::serve, name + threads.size());
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    lock.lock();
    try {
      while (!stopped) {
        if (waiting.isEmpty()) {
          work.awaitUninterruptibly();
        } else {
          serve(waiting.remove());
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Called and returns with the lock held; runs the transfer without. */
  private void serve(int slot) {
    IOException result;
    lock.unlock();
    try {
      result = slots().transfer(device(), slot);
    } finally {
      lock.lock();
    }
    failure[slot] = result;
    completed.add(slot);
    finished.signal();
  }

  @Override
  int collect(int atLeast, boolean starts) {
    if (starts) {
      start();
    }
    int count = await(atLeast);
    for (int i = 0; i < count; i++) {
      finishNext();
    }
    return count;
  }

  /** Waits for {@code atLeast} completions; returns how many there are. */
  private int await(int atLeast) {
    lock.lock();
    try {
      while (completed.size() < Math.min(atLeast, started)) {
        finished.awaitUninterruptibly();
      }
      return completed.size();
    } finally {
      lock.unlock();
    }
  }

  private void finishNext() {
    int slot;
    IOException result;
    lock.lock();
    try {
      slot = completed.remove();
      result = failure[slot];
      failure[slot] = null;
      started--;
    } finally {
      lock.unlock();
    }
    finish(slot, result);
  }

  @Override
  void release() {
    List<Thread> ending;
    lock.lock();
    try {
      stopped = true;
      work.signalAll();
      ending = List.copyOf(threads);
    } finally {
      lock.unlock();
    }
    boolean interrupted = false;
    for (Thread thread : ending) {
      interrupted |= joinUninterruptibly(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return interrupted;
  }
}
