package dev.diolab.engine.device;

import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A queue of an {@link EmulatedDevice}, without threads: a transfer is a copy that {@link #submit}
 * makes, and {@link #reap} tells of it when its time has come.
 *
 * <p>Assumptions and guarantees: those of {@link IoQueue}. Transfers complete in the order of their
 * times; one that was submitted while a thread waits for a completion may be told of late, by no
 * more than that completion takes.
 */
final class EmulatedQueue extends SlotQueue {
  private final BlockDevice store;
  private final EmulatedDisk disk;
  private final EmulatedClock clock;

  /** Queued and not yet submitted: [owner]. */
  private final SlotRing queued;

  /** Guards what owner and reaper share: a completion would be lost. */
  private final ReentrantLock lock = new ReentrantLock();

  /** Slots under way, the one that is over last first: [lock]. */
  private final int[] underWay;

  /** Entries of {@code underWay}: [lock]. */
  private int count;

  /** When the transfer of a slot is over: [lock]. */
  private final long[] over;

  /** Why it failed: [lock]. */
  private final @Nullable IOException[] failure;

  EmulatedQueue(
      BlockDevice device, BlockDevice store, EmulatedDisk disk, EmulatedClock clock, int depth) {
    super(device, depth);
    this.store = store;
    this.disk = disk;
    this.clock = clock;
    queued = new SlotRing(depth);
    underWay = new int[depth];
    over = new long[depth];
    failure = new @Nullable IOException[depth];
  }

  @Override
  void enqueue(int slot) {
    queued.add(slot);
  }

  @Override
  void start() {
    while (!queued.isEmpty()) {
      int slot = queued.remove();
      long end = end(slot, clock.now());
      IOException result = slots().transfer(store, slot);
      lock.lock();
      try {
        over[slot] = end;
        failure[slot] = result;
        insert(slot);
      } finally {
        lock.unlock();
      }
    }
  }

  private long end(int slot, long now) {
    long offset = slots().deviceOffset(slot);
    int bytes = slots().bytes(slot);
    return switch (slots().kind(slot)) {
      case READ -> disk.read(now, offset, bytes);
      case WRITE -> disk.write(now, offset, bytes);
      case WRITE_FUA -> disk.writeFua(now, offset, bytes);
    };
  }

  /** Called with the lock held. */
  private void insert(int slot) {
    int place = count;
    while (place > 0 && over[underWay[place - 1]] <= over[slot]) {
      place--;
    }
    System.arraycopy(underWay, place, underWay, place + 1, count - place);
    underWay[place] = slot;
    count++;
  }

  @Override
  int collect(int atLeast, boolean starts) {
    if (starts) {
      start();
    }
    int delivered = 0;
    for (long next = next(); next != Long.MAX_VALUE; next = next()) {
      if (next > clock.now()) {
        if (delivered >= atLeast) {
          break;
        }
        clock.waitUntil(next);
      }
      finishFirst();
      delivered++;
    }
    return delivered;
  }

  /** When the next transfer is over; MAX_VALUE when none is under way. */
  private long next() {
    lock.lock();
    try {
      return count == 0 ? Long.MAX_VALUE : over[underWay[count - 1]];
    } finally {
      lock.unlock();
    }
  }

  private void finishFirst() {
    int slot;
    IOException result;
    lock.lock();
    try {
      count--;
      slot = underWay[count];
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
