package dev.diolab.benchmarks.verify.record;

import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.history.Words;
import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.OpKind;
import dev.diolab.engine.file.AioContext;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a player submits and does not wait for. An operation is over at the tick at which its
 * completion is told, in whatever thread that happens: from then on it has to be seen, and a sync
 * has to cover it.
 *
 * <p>Thread safety: for the thread of its player; completions come in other threads too.
 */
final class Submitter {
  /** As many requests of a thread are in flight at most; a further one waits. */
  private static final int DEPTH = 8;

  /** Every second one goes to the device at once, the others with what follows. */
  private static final int FLUSHED_ALONE = 2;

  private final Volume volume;
  private final LongSupplier clock;
  private final Map<Integer, Event> events;
  private final BiConsumer<Op, Throwable> failed;

  /** Open from the first submission to the end of the next wait. */
  private @Nullable AioContext context;

  /**
   * Submits to {@code volume}.
   *
   * @param events takes what was done, by id
   * @param failed is told of operations that fail; called by any thread
   */
  Submitter(
      Volume volume,
      LongSupplier clock,
      Map<Integer, Event> events,
      BiConsumer<Op, Throwable> failed) {
    this.volume = volume;
    this.clock = clock;
    this.events = events;
    this.failed = failed;
  }

  /** Begins {@code event}, which is noted now and again when it is over. */
  void submit(Event event, DioFile[] files) throws IOException {
    Op op = event.op();
    MemorySegment buffer = volume.allocateBuffer(op.bytes());
    if (op.kind().isWrite()) {
      Words.fill(buffer, op.bytes(), event.id(), op.file(), op.offset());
    }
    events.put(event.id(), event);
    DioRequest request =
        new DioRequest(buffer)
            .prepare(0, op.offset(), op.bytes(), op.kind() == OpKind.ASYNC_DSYNC_WRITE)
            .onCompletion(done -> completed(event, done));
    AioContext target = context();
    if (op.kind().isWrite()) {
      target.write(files[op.file()], request);
    } else {
      target.read(files[op.file()], request);
    }
    if (event.id() % FLUSHED_ALONE == 0) {
      target.flush();
    }
  }

  private void completed(Event event, DioRequest done) {
    try {
      int bytes = done.result();
      long end = clock.getAsLong();
      long @Nullable [] seen = event.op().kind().isRead() ? Words.read(done.buffer(), bytes) : null;
      events.put(
          event.id(), new Event(event.id(), event.thread(), event.op(), event.begin(), end, seen));
    } catch (IOException | RuntimeException | Error e) {
      failed.accept(event.op(), e);
    }
  }

  /** Waits until all that was submitted is complete. */
  void await() throws IOException {
    AioContext open = context;
    context = null;
    if (open != null) {
      open.close();
    }
  }

  private AioContext context() throws IOException {
    AioContext open = context;
    if (open == null) {
      open = volume.openContext(DEPTH);
      context = open;
    }
    return open;
  }
}
