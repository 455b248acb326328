package dev.diolab.benchmarks.verify.fsx;

import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The direct reads and writes of one thread that are in flight, and the buffers for more.
 *
 * <p>Thread safety: none; between two calls of {@link #await} for one thread.
 */
final class InFlight {
  private final MemorySegment contents;
  private final int bufferBytes;
  private final int depth;
  private final Deque<Slot> free = new ArrayDeque<>();
  private final Map<DioRequest, Slot> used = new HashMap<>();

  /** Open while something is in flight. */
  private @Nullable AioContext context;

  /**
   * Room for {@code depth} requests.
   *
   * @param contents where writes take their bytes from
   */
  InFlight(MemorySegment contents, int bufferBytes, int depth) {
    this.contents = contents;
    this.bufferBytes = bufferBytes;
    this.depth = depth;
  }

  /** Submits {@code op}; first waits for one that is over when there is no room. */
  void submit(Volume volume, DioFile file, Op op, int place, Session.Completion over)
      throws IOException {
    AioContext open = context;
    if (open == null) {
      open = volume.openContext(depth);
      context = open;
    }
    if (used.size() == depth) {
      end(open.take());
    }
    Slot slot = free.isEmpty() ? new Slot() : free.pop();
    DioRequest request = slot.begin(op, place, over);
    used.put(request, slot);
    if (op.kind() == OpKind.WRITE) {
      open.write(file, request);
    } else {
      open.read(file, request);
    }
    for (DioRequest done = open.poll(); done != null; done = open.poll()) {
      end(done);
    }
  }

  /** Waits for all. */
  void await() throws IOException {
    AioContext open = context;
    if (open != null) {
      while (!used.isEmpty()) {
        end(open.take());
      }
      context = null;
      open.close();
    }
  }

  private void end(DioRequest done) {
    Slot slot = used.remove(done);
    if (slot == null) {
      throw new AssertionError("a request is over that was not in flight");
    }
    slot.end(done);
    free.push(slot);
  }

  /** A request and the place for what it reads. */
  private final class Slot {
    private final byte[] data = new byte[bufferBytes];
    private final DioRequest read = new DioRequest(MemorySegment.ofArray(data));
    private final DioRequest write = new DioRequest(contents);
    private Session.@Nullable Completion over;

    DioRequest begin(Op op, int place, Session.Completion completion) {
      over = completion;
      return op.kind() == OpKind.WRITE
          ? write.prepare(place, op.offset(), op.length(), false)
          : read.prepare(0, op.offset(), op.length(), false);
    }

    void end(DioRequest done) {
      Session.Completion completion = over;
      if (completion == null) {
        throw new AssertionError("the slot is not in use");
      }
      over = null;
      int count = 0;
      Throwable failure = null;
      try {
        count = done.result();
      } catch (IOException | RuntimeException | Error e) {
        failure = e;
      }
      completion.over(data, count, failure);
    }
  }
}
