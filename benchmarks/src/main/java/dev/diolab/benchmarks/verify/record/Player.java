package dev.diolab.benchmarks.verify.record;

import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.history.Words;
import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.Volume;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Does the operations of one thread and notes when they began and ended. */
final class Player {
  private final int thread;
  private final LongSupplier clock;
  private final DioFile[] files = new DioFile[Script.FILES];
  private final MemorySegment buffer;
  private final DioRequest request;

  /** Why the thread cannot go on: a bug of the engine or of a strategy. */
  private @Nullable Throwable bug;

  /** Plays on the first files of {@code volume}. */
  Player(Volume volume, int thread, LongSupplier clock) throws IOException {
    this.thread = thread;
    this.clock = clock;
    for (int i = 0; i < files.length; i++) {
      files[i] = volume.open(i + 1);
    }
    this.buffer = volume.allocateBuffer(Script.MAX_FILE_BYTES);
    this.request = new DioRequest(buffer);
  }

  /** Does {@code op}; one that fails for want of space or the like is an event without end. */
  Event play(int id, Op op) {
    if (op.kind().isWrite()) {
      Words.fill(buffer, op.bytes(), id, op.file(), op.offset());
    }
    long begin = clock.getAsLong();
    try {
      long @Nullable [] seen = perform(op);
      return new Event(id, thread, op, begin, clock.getAsLong(), seen);
    } catch (IOException e) {
      return new Event(id, thread, op, begin, Event.NEVER, null);
    } catch (RuntimeException | Error e) {
      bug = e;
      return new Event(id, thread, op, begin, Event.NEVER, null);
    }
  }

  /** What the last operation threw that is no failure of the device or for want of space. */
  @Nullable Throwable bug() {
    return bug;
  }

  private long @Nullable [] perform(Op op) throws IOException {
    DioFile file = files[op.file()];
    switch (op.kind()) {
      case WRITE -> file.write(request.prepare(0, op.offset(), op.bytes(), false));
      case DSYNC_WRITE -> file.write(request.prepare(0, op.offset(), op.bytes(), true));
      case READ -> {
        int bytes = file.read(request.prepare(0, op.offset(), op.bytes(), false));
        return Words.read(buffer, bytes);
      }
      case FALLOCATE -> file.fallocate(op.offset(), op.bytes(), false);
      case FALLOCATE_KEEP_SIZE -> file.fallocate(op.offset(), op.bytes(), true);
      case TRUNCATE -> file.truncate(op.offset());
      case FSYNC -> file.fsync();
      case FDATASYNC -> file.fdatasync();
    }
    return null;
  }
}
