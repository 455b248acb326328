package dev.diolab.engine.device;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The transfers in flight of one queue, each in a slot that is taken and given back without
 * allocation. A slot holds its buffer, so that it stays reachable while the device stores into it.
 *
 * <p>Assumptions: one thread takes (the owner of the queue), one at a time gives back (under the
 * queue's {@code reaping}), and only a slot that was taken.
 *
 * <p>Guarantees: what {@link #take} stored is seen by whoever gives back; a slot is taken again
 * only after it was given back.
 */
final class TransferSlots {
  /** What a transfer does. */
  enum Kind {
    READ,
    WRITE,
    WRITE_FUA
  }

  private final int depth;

  /**
   * Ring of free slots: those from {@code taken} up to {@code returned + depth}. An entry is
   * written before {@code returned} passes it and read before {@code taken} does.
   */
  private final int[] free;

  /** Slots ever taken: [owner]. */
  private final AtomicLong taken = new AtomicLong();

  /** Slots ever given back: [reaping]. */
  private final AtomicLong returned = new AtomicLong();

  // Of each slot: [owner] until taken passes it, [reaping] until returned does.
  private final @Nullable IoDone[] done;
  private final @Nullable MemorySegment[] buffer;
  private final Kind[] kind;
  private final long[] bufferOffset;
  private final long[] deviceOffset;
  private final int[] bytes;

  TransferSlots(int depth) {
    this.depth = depth;
    this.free = new int[depth];
    for (int slot = 0; slot < depth; slot++) {
      free[slot] = slot;
    }
    this.done = new @Nullable IoDone[depth];
    this.buffer = new @Nullable MemorySegment[depth];
    this.kind = new Kind[depth];
    this.bufferOffset = new long[depth];
    this.deviceOffset = new long[depth];
    this.bytes = new int[depth];
  }

  int depth() {
    return depth;
  }

  int inFlight() {
    long back = returned.getAcquire();
    return (int) Math.max(0, Math.min(depth, taken.getAcquire() - back));
  }

  /**
   * Takes a free slot for a transfer.
   *
   * @throws IllegalStateException when there is none
   */
  int take(
      Kind kind,
      IoDone done,
      MemorySegment buffer,
      long bufferOffset,
      long deviceOffset,
      int bytes) {
    long number = taken.getPlain();
    if (number - returned.getAcquire() == depth) {
      throw new IllegalStateException("the queue is full: depth=" + depth);
    }
    int slot = free[(int) (number % depth)];
    this.kind[slot] = kind;
    this.done[slot] = done;
    this.buffer[slot] = buffer;
    this.bufferOffset[slot] = bufferOffset;
    this.deviceOffset[slot] = deviceOffset;
    this.bytes[slot] = bytes;
    taken.setRelease(number + 1);
    return slot;
  }

  /** Makes the calling thread see what the owner stored for every slot that it took. */
  void acquire() {
    if (taken.getAcquire() < returned.getPlain()) {
      throw new AssertionError("slots: taken=" + taken + " returned=" + returned);
    }
  }

  /** Gives a slot back; returns whom to tell. */
  IoDone giveBack(int slot) {
    long number = returned.getPlain();
    IoDone waiting = done[slot];
    if (waiting == null || number == taken.getAcquire()) {
      throw new AssertionError(
          "slot " + slot + " completed twice: taken=" + taken + " returned=" + returned);
    }
    done[slot] = null;
    buffer[slot] = null;
    free[(int) (number % depth)] = slot;
    returned.setRelease(number + 1);
    return waiting;
  }

  Kind kind(int slot) {
    return kind[slot];
  }

  MemorySegment buffer(int slot) {
    MemorySegment held = buffer[slot];
    if (held == null) {
      throw new AssertionError("slot " + slot + " is free");
    }
    return held;
  }

  long bufferOffset(int slot) {
    return bufferOffset[slot];
  }

  long deviceOffset(int slot) {
    return deviceOffset[slot];
  }

  int bytes(int slot) {
    return bytes[slot];
  }

  /** Runs the transfer on {@code device} and waits for it; returns why it failed, if it did. */
  @Nullable IOException transfer(BlockDevice device, int slot) {
    try {
      MemorySegment memory = buffer(slot);
      switch (kind[slot]) {
        case READ -> device.read(memory, bufferOffset[slot], deviceOffset[slot], bytes[slot]);
        case WRITE -> device.write(memory, bufferOffset[slot], deviceOffset[slot], bytes[slot]);
        case WRITE_FUA ->
            device.writeFua(memory, bufferOffset[slot], deviceOffset[slot], bytes[slot]);
      }
      return null;
    } catch (IOException failure) {
      return failure;
    } catch (RuntimeException | Error failure) {
      return new IOException("the device broke off a transfer: " + failure, failure);
    }
  }
}
