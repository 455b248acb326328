package dev.diolab.engine.device;

import dev.diolab.engine.device.TransferSlots.Kind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What all queues have in common: the slots, the owner, who reaps, and the close. */
abstract class SlotQueue implements IoQueue {
  private final BlockDevice device;
  private final TransferSlots slots;

  /**
   * Held by the thread that takes completions, also while it waits for one and while it calls an
   * {@link IoDone}: two threads would take the same completion, and give its slot back twice.
   */
  private final ReentrantLock reaping = new ReentrantLock();

  /** Whether nobody but the owner reaps and closes. */
  private final boolean ownerReaps;

  /** The first thread that queued something. Written once, by that thread. */
  private volatile @Nullable Thread owner;

  /** Written under [reaping]. */
  private volatile boolean closed;

  /**
   * A queue of {@code device}.
   *
   * @throws IllegalArgumentException when {@code depth} is below 1
   */
  SlotQueue(BlockDevice device, int depth) {
    this(device, depth, null);
  }

  /** The same for {@code onlyThread} alone, unless that is null. */
  SlotQueue(BlockDevice device, int depth, @Nullable Thread onlyThread) {
    if (depth < 1) {
      throw new IllegalArgumentException("depth of a queue: depth=" + depth);
    }
    this.device = device;
    this.slots = new TransferSlots(depth);
    this.ownerReaps = onlyThread != null;
    this.owner = onlyThread;
  }

  /** Queues the transfer of a slot; called by the owner. */
  abstract void enqueue(int slot);

  /** Hands what was queued to the device; called by the owner, or by the thread that closes. */
  abstract void start() throws IOException;

  /**
   * Waits for completions and calls {@link #finish} for each; called under {@code reaping}.
   *
   * @param atLeast as for {@link #reap}
   * @param starts whether to {@link #start} first
   */
  abstract int collect(int atLeast, boolean starts) throws IOException;

  /** Releases what the queue holds; nothing is in flight. */
  abstract void release();

  /** The device whose transfers these are. */
  final BlockDevice device() {
    return device;
  }

  /** The transfers in flight. */
  final TransferSlots slots() {
    return slots;
  }

  /** Gives the slot back and tells that its transfer is over; called under {@code reaping}. */
  final void finish(int slot, @Nullable IOException failure) {
    slots.giveBack(slot).done(failure);
  }

  /** Refuses a transfer that the device cannot make. */
  void check(Kind kind, MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    TransferChecks.check(device, buffer, bufferOffset, deviceOffset, bytes);
    if (kind == Kind.READ) {
      TransferChecks.checkWritable(buffer);
    }
    if (!buffer.scope().isAlive()) {
      throw new IllegalStateException("the arena of the buffer is closed");
    }
  }

  @Override
  public final int depth() {
    return slots.depth();
  }

  @Override
  public final int inFlight() {
    return slots.inFlight();
  }

  @Override
  public final boolean isFull() {
    return slots.inFlight() == slots.depth();
  }

  @Override
  public final void read(
      IoDone done, MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes) {
    queue(Kind.READ, done, buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public final void write(
      IoDone done,
      MemorySegment buffer,
      long bufferOffset,
      long deviceOffset,
      int bytes,
      boolean fua) {
    queue(fua ? Kind.WRITE_FUA : Kind.WRITE, done, buffer, bufferOffset, deviceOffset, bytes);
  }

  private void queue(
      Kind kind,
      IoDone done,
      MemorySegment buffer,
      long bufferOffset,
      long deviceOffset,
      int bytes) {
    requireOwnerAndOpen();
    check(kind, buffer, bufferOffset, deviceOffset, bytes);
    enqueue(slots.take(kind, done, buffer, bufferOffset, deviceOffset, bytes));
  }

  @Override
  public final void submit() throws IOException {
    requireOwnerAndOpen();
    start();
  }

  private void requireOwnerAndOpen() {
    if (closed) {
      throw new IllegalStateException("the queue is closed");
    }
    Thread current = Thread.currentThread();
    if (owner == null) {
      owner = current;
    } else if (!current.equals(owner)) {
      throw new IllegalStateException("the queue is owned by " + owner + ", not by " + current);
    }
  }

  private void requireMayReap() {
    Thread current = Thread.currentThread();
    if (ownerReaps && !current.equals(owner)) {
      throw new IllegalStateException("the queue is for " + owner + " alone, not for " + current);
    }
  }

  @Override
  public final int reap(int atLeast) throws IOException {
    if (atLeast < 0) {
      throw new IllegalArgumentException("number of completions: atLeast=" + atLeast);
    }
    if (reaping.isHeldByCurrentThread()) {
      throw new IllegalStateException("an IoDone must not reap");
    }
    requireMayReap();
    boolean starts = Thread.currentThread().equals(owner);
    if (!reaping.tryLock()) {
      if (starts && !closed) {
        start();
      }
      if (atLeast == 0) {
        return 0;
      }
      reaping.lock();
    }
    try {
      return closed ? 0 : collect(atLeast, starts);
    } finally {
      reaping.unlock();
    }
  }

  @Override
  public final void close() {
    if (reaping.isHeldByCurrentThread()) {
      throw new IllegalStateException("an IoDone must not close the queue");
    }
    requireMayReap();
    reaping.lock();
    try {
      if (closed) {
        return;
      }
      while (inFlight() > 0) {
        collect(inFlight(), true);
      }
      closed = true;
      release();
    } catch (IOException failure) {
      throw new UncheckedIOException("a queue cannot wait for its transfers", failure);
    } finally {
      reaping.unlock();
    }
  }
}
