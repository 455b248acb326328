package dev.diolab.engine.file;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * The buffer of one asynchronous request, watched from its submission to its completion. The device
 * transfers from and to copies of it. So memory that is freed in flight is never touched by anybody
 * but its new owner: java.lang.foreign has no way to keep an arena open from outside, and the
 * kernel would store through a bare address. And a write writes what the buffer held at its
 * submission, whoever changes it later.
 *
 * <p>Thread safety: none; it follows its request.
 */
final class CheckedBuffer {
  private final DioRequest request;

  /** The volume's, while the request is in flight. */
  private @Nullable BuffersInFlight entered;

  /** The range of the request. */
  private MemorySegment range = MemorySegment.NULL;

  private long first;
  private boolean stores;

  /** What the range held at submission. */
  private MemorySegment before = MemorySegment.NULL;

  /** What a read reads into. */
  private MemorySegment target = MemorySegment.NULL;

  CheckedBuffer(DioRequest request) {
    this.request = request;
  }

  /**
   * Watches from now on.
   *
   * @throws BufferMisuseException when the range overlaps that of another request in flight, and
   *     one of them stores into it
   */
  void enter(BuffersInFlight buffers, long bufferOffset, int bytes, boolean isRead)
      throws BufferMisuseException {
    range = request.buffer().asSlice(bufferOffset, bytes);
    first = bufferOffset;
    stores = isRead;
    CheckedBuffer other = buffers.add(this);
    if (other != null) {
      throw new BufferMisuseException(
          "the buffer of a "
              + describe()
              + " overlaps that of a "
              + other.describe()
              + " in flight");
    }
    entered = buffers;
    before = copyOf(buffers, before);
    if (stores) {
      target = copyOf(buffers, target);
    }
  }

  private MemorySegment copyOf(BuffersInFlight buffers, MemorySegment old) {
    long bytes = range.byteSize();
    MemorySegment copy = old.byteSize() >= bytes ? old : buffers.allocate(bytes);
    MemorySegment.copy(range, 0, copy, 0, bytes);
    return copy;
  }

  boolean isEntered() {
    return entered != null;
  }

  /** Whether both are in flight in one memory, and one stores into it. */
  boolean conflictsWith(CheckedBuffer other) {
    return (stores || other.stores)
        && range.scope().isAlive() // freed memory belongs to somebody else by now
        && range.asOverlappingSlice(other.range).isPresent();
  }

  /** What the device transfers from or to instead of the buffer. */
  MemorySegment copy() {
    return stores ? target : before;
  }

  /** Where the byte {@code bufferAt} of the buffer is in the copy. */
  long placeOf(long bufferAt) {
    return bufferAt - first;
  }

  /**
   * Watches no more; the first {@code moved} bytes of a read go to the buffer.
   *
   * @param wasAsync whether the request was transferred by the copy; else its submitter waited, and
   *     the range of a read holds what was read
   * @throws BufferMisuseException when the buffer was freed or changed meanwhile
   */
  void leave(boolean wasAsync, int moved) throws BufferMisuseException {
    forget();
    try {
      if (wasAsync || !stores) {
        requireUnchanged();
      }
      if (wasAsync && stores && moved > 0) {
        MemorySegment.copy(target, 0, range, 0, moved);
      }
    } catch (IllegalStateException e) {
      if (range.scope().isAlive()) {
        throw e;
      }
      throw new BufferMisuseException(
          "the arena of the buffer was closed while a " + describe() + " was in flight");
    }
  }

  /** Watches no more. */
  void forget() {
    if (entered != null) {
      entered.remove(this);
      entered = null;
    }
  }

  private void requireUnchanged() throws BufferMisuseException {
    long bytes = range.byteSize();
    long at = MemorySegment.mismatch(range, 0, bytes, before, 0, bytes);
    if (at >= 0) {
      throw new BufferMisuseException(
          "byte "
              + (first + at)
              + " of the buffer was changed while a "
              + describe()
              + " was in flight");
    }
  }

  private String describe() {
    return (stores ? "read: " : "write: ") + request;
  }
}
