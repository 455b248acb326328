package dev.diolab.engine.device;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue without threads: {@link #submit} runs the transfers, in the order in which they were
 * queued, and {@link #reap} tells of them later. For devices in memory, and for tests.
 *
 * <p>Completions come in the order of submission, or in an order drawn from a seed. In a drawn
 * order {@link #reap} also draws how many of those that are ready it delivers, so that a transfer
 * may stay in flight for long.
 *
 * <p>Assumptions and guarantees: those of {@link IoQueue}.
 */
public final class InlineQueue extends SlotQueue {
  /** Queued and not yet run: [owner]. */
  private final SlotRing queued;

  /** Guards what owner and reaper share: a completion would be lost. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Over and not reaped, by submission: [lock]. */
  private final int[] completed;

  /** Entries of {@code completed}: [lock]. */
  private int ready;

  /** Why the transfer of a completed slot failed: [lock]. */
  private final @Nullable IOException[] failure;

  /** Null for the order of submission: [reaping]. */
  private final @Nullable SplittableRandom random;

  private InlineQueue(BlockDevice device, int depth, @Nullable SplittableRandom random) {
    super(device, depth);
    this.random = random;
    queued = new SlotRing(depth);
    completed = new int[depth];
    failure = new @Nullable IOException[depth];
  }

  /** A queue that completes in the order of submission. */
  public static InlineQueue inOrder(BlockDevice device, int depth) {
    return new InlineQueue(device, depth, null);
  }

  /** A queue that completes in an order drawn from {@code seed}. */
  public static InlineQueue shuffled(BlockDevice device, int depth, long seed) {
    return new InlineQueue(device, depth, new SplittableRandom(seed));
  }

  @Override
  void enqueue(int slot) {
    queued.add(slot);
  }

  @Override
  void start() {
    while (!queued.isEmpty()) {
      int slot = queued.remove();
      IOException result = slots().transfer(device(), slot);
      lock.lock();
      try {
        failure[slot] = result;
        completed[ready] = slot;
        ready++;
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  int collect(int atLeast, boolean starts) {
    if (starts) {
      start();
    }
    int count = toDeliver(atLeast);
    for (int i = 0; i < count; i++) {
      finishOne();
    }
    return count;
  }

  private int toDeliver(int atLeast) {
    lock.lock();
    try {
      int least = Math.min(atLeast, ready);
      return random == null ? ready : random.nextInt(least, ready + 1);
    } finally {
      lock.unlock();
    }
  }

  private void finishOne() {
    int slot;
    IOException result;
    lock.lock();
    try {
      int index = random == null ? 0 : random.nextInt(ready);
      slot = completed[index];
      ready--;
      System.arraycopy(completed, index + 1, completed, index, ready - index);
      result = failure[slot];
      failure[slot] = null;
    } finally {
      lock.unlock();
    }
    finish(slot, result);
  }

  @Override
  void release() {}
}
