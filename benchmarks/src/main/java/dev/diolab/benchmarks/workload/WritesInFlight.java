package dev.diolab.benchmarks.workload;

import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.IdentityHashMap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous writes of one thread: a context and as many buffers as may be in flight, each
 * with its request.
 *
 * <p>Thread safety: none; the thread that makes it uses and closes it.
 */
final class WritesInFlight implements AutoCloseable {
  private final AioContext context;
  private final int bytes;
  private final Slot[] free;
  private final IdentityHashMap<DioRequest, Slot> slots = new IdentityHashMap<>();
  private int freeSlots;

  /** A buffer with its request. */
  static final class Slot {
    private final MemorySegment buffer;
    private final DioRequest request;
    private int place;

    private Slot(MemorySegment buffer) {
      this.buffer = buffer;
      this.request = new DioRequest(buffer);
    }

    /** To be filled before the write. */
    MemorySegment buffer() {
      return buffer;
    }

    /** The request, for its times; not to be touched while it is in flight. */
    DioRequest request() {
      return request;
    }

    /** What the last write wrote, as the writer counts places. */
    int place() {
      return place;
    }
  }

  /** Opens a context for up to {@code depth} writes of {@code bytes}. */
  WritesInFlight(Volume volume, int depth, int bytes) throws IOException {
    this.bytes = bytes;
    this.free = new Slot[depth];
    for (int i = 0; i < depth; i++) {
      Slot slot = new Slot(volume.allocateBuffer(bytes));
      slots.put(slot.request, slot);
      free[freeSlots++] = slot;
    }
    this.context = volume.openContext(depth);
  }

  /** How many more writes may be submitted. */
  int freeSlots() {
    return freeSlots;
  }

  boolean isEmpty() {
    return freeSlots == free.length;
  }

  /**
   * A buffer that is not in flight.
   *
   * @throws IllegalStateException when all are
   */
  Slot next() {
    if (freeSlots == 0) {
      throw new IllegalStateException("all " + free.length + " writes are in flight");
    }
    return free[freeSlots - 1];
  }

  /** Submits the buffer of {@link #next} as place {@code place} of {@code file}. */
  void write(DioFile file, int place, boolean dsync) throws IOException {
    writeAt(file, place, (long) place * bytes, dsync);
  }

  /** The same at {@code offset}; the place is what the writer makes of it. */
  void writeAt(DioFile file, int place, long offset, boolean dsync) throws IOException {
    Slot slot = next();
    slot.place = place;
    slot.request.prepare(0, offset, bytes, dsync);
    freeSlots--;
    context.write(file, slot.request);
  }

  /** Hands what was submitted to the device. */
  void flush() throws IOException {
    context.flush();
  }

  /**
   * Waits for a write, whose slot is free from now on.
   *
   * @throws IOException also when the write failed
   */
  Slot take() throws IOException {
    return ended(context.take());
  }

  /** A write that is complete, or null; as {@link #take}. */
  @Nullable Slot poll() throws IOException {
    DioRequest done = context.poll();
    return done == null ? null : ended(done);
  }

  /** Waits for a write, and takes all that are complete; as {@link #take}. */
  void takeReady() throws IOException {
    @Nullable Slot taken = take();
    while (taken != null) {
      taken = poll();
    }
  }

  private Slot ended(DioRequest done) throws IOException {
    Slot slot = Objects.requireNonNull(slots.get(done));
    free[freeSlots++] = slot;
    int moved = done.result();
    if (moved != bytes) {
      throw new AssertionError(
          "write of place " + slot.place + " moved " + moved + " of " + bytes + " bytes");
    }
    return slot;
  }

  /** Waits for what is in flight. */
  @Override
  public void close() throws IOException {
    context.close();
  }
}
