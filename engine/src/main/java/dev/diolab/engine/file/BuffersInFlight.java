package dev.diolab.engine.file;

import dev.diolab.engine.device.BlockDevice;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The buffers of all asynchronous requests in flight of a volume that checks them, so that one is
 * not given to two requests of which one stores into it. Looks at all of them for each request.
 *
 * <p>Thread safety: all methods may be called at once.
 */
final class BuffersInFlight {
  private final BlockDevice device;
  private final ReentrantLock lock = new ReentrantLock();

  /** [lock] */
  private final List<CheckedBuffer> inFlight = new ArrayList<>();

  BuffersInFlight(BlockDevice device) {
    this.device = device;
  }

  /** Memory for a copy, which the device can transfer to and from. */
  MemorySegment allocate(long bytes) {
    return device.allocateBuffer(bytes);
  }

  /** Adds {@code buffer}, unless it overlaps another one: then returns that one. */
  @Nullable CheckedBuffer add(CheckedBuffer buffer) {
    lock.lock();
    try {
      for (CheckedBuffer other : inFlight) {
        if (other.conflictsWith(buffer)) {
          return other;
        }
      }
      inFlight.add(buffer);
      return null;
    } finally {
      lock.unlock();
    }
  }

  void remove(CheckedBuffer buffer) {
    lock.lock();
    try {
      inFlight.remove(buffer);
    } finally {
      lock.unlock();
    }
  }
}
