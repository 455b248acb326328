package dev.diolab.benchmarks.verify.record;

import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.history.Words;
import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.OpKind;
import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.engine.extent.NoSpaceException;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.FileMapping;
import dev.diolab.engine.file.Volume;
import dev.diolab.engine.locking.Placeholders;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Does the operations of one thread and notes when they began and ended.
 *
 * <p>An event is noted twice: without an end before its operation is called, so that what hangs is
 * known too, and again when it has returned.
 *
 * <p>Thread safety: for one thread; all players of a run may share a map.
 */
final class Player {
  private static final int PAGE_SIZE = Placeholders.PAGE_SIZE;

  private final int thread;
  private final LongSupplier clock;
  private final Map<Integer, Event> events;
  private final boolean mayBeFull;
  private final DioFile[] files = new DioFile[Script.FILES];
  private final MemorySegment buffer;
  private final DioRequest request;

  /** Why the thread cannot go on: a bug of the engine or of a strategy. */
  private @Nullable Throwable bug;

  /**
   * Plays on the first files of {@code volume}.
   *
   * @param events takes what was done, by id
   * @param mayBeFull whether the volume has so few blocks that they may not be enough
   */
  Player(
      Volume volume, int thread, LongSupplier clock, Map<Integer, Event> events, boolean mayBeFull)
      throws IOException {
    this.thread = thread;
    this.clock = clock;
    this.events = events;
    this.mayBeFull = mayBeFull;
    for (int i = 0; i < files.length; i++) {
      files[i] = volume.open(i + 1);
    }
    this.buffer = volume.allocateBuffer(Script.MAX_FILE_BYTES);
    this.request = new DioRequest(buffer);
  }

  /**
   * Does {@code op}; one that fails for want of space, and a store that finds the file shorter than
   * it needs, is an event without end. The device has no faults, so that every other failure is a
   * {@link #bug}.
   */
  void play(int id, Op op) {
    if (op.kind().isWrite()) {
      Words.fill(buffer, op.bytes(), id, op.file(), op.offset());
    }
    long begin = clock.getAsLong();
    events.put(id, new Event(id, thread, op, begin, Event.NEVER, null));
    if (isStoreBehindEnd(op)) {
      return; // what is stored behind the end is lost, or the signal comes half-way
    }
    try {
      long @Nullable [] seen = perform(op);
      events.put(id, new Event(id, thread, op, begin, clock.getAsLong(), seen));
    } catch (NoSpaceException e) {
      if (!mayBeFull || !(op.kind().needsBlocks() || hasPagesToWriteOut(op.file()))) {
        bug = e;
      }
    } catch (IOException | RuntimeException | Error e) {
      if (!isStoreBehindEnd(op) && !mayBeCut(op, begin)) {
        bug = e;
      }
    }
  }

  /** Whether the file may have been too short for a store at some time since {@code begin}. */
  private boolean mayBeCut(Op op, long begin) {
    return op.kind() == OpKind.MMAP_STORE
        && events.values().stream()
            .anyMatch(
                event ->
                    event.op().kind() == OpKind.TRUNCATE
                        && event.op().file() == op.file()
                        && event.op().offset() < op.end()
                        && event.end() >= begin);
  }

  /**
   * Whether the page cache may hold what only a write-out can end: that cuts an unwritten extent,
   * may find no block for the node that this takes, and fails in whoever asked for it, be it an
   * fsync or a direct read.
   */
  private boolean hasPagesToWriteOut(int file) {
    return events.values().stream()
        .filter(event -> event.op().file() == file)
        .anyMatch(
            event ->
                event.op().kind().isCachedWrite()
                    || (event.op().kind().isWrite() && event.end() == Event.NEVER));
  }

  private boolean isStoreBehindEnd(Op op) {
    return op.kind() == OpKind.MMAP_STORE && op.end() > files[op.file()].size();
  }

  /** What the last operation threw, unless it was right to. */
  @Nullable Throwable bug() {
    return bug;
  }

  private long @Nullable [] perform(Op op) throws IOException {
    DioFile file = files[op.file()];
    switch (op.kind()) {
      case WRITE -> file.write(request.prepare(0, op.offset(), op.bytes(), false));
      case DSYNC_WRITE -> file.write(request.prepare(0, op.offset(), op.bytes(), true));
      case BUFFERED_WRITE -> file.writeBuffered(request.prepare(0, op.offset(), op.bytes(), false));
      case BUFFERED_DSYNC_WRITE ->
          file.writeBuffered(request.prepare(0, op.offset(), op.bytes(), true));
      case MMAP_STORE -> store(file, op);
      case READ -> {
        int bytes = file.read(request.prepare(0, op.offset(), op.bytes(), false));
        return Words.read(buffer, bytes);
      }
      case BUFFERED_READ -> {
        int bytes = file.readBuffered(request.prepare(0, op.offset(), op.bytes(), false));
        return Words.read(buffer, bytes);
      }
      case FALLOCATE -> file.fallocate(op.offset(), op.bytes(), false);
      case FALLOCATE_KEEP_SIZE -> file.fallocate(op.offset(), op.bytes(), true);
      case PUNCH_HOLE -> file.punchHole(op.offset(), op.bytes());
      case ZERO_RANGE -> file.zeroRange(op.offset(), op.bytes(), false);
      case ZERO_RANGE_KEEP_SIZE -> file.zeroRange(op.offset(), op.bytes(), true);
      case TRUNCATE -> file.truncate(op.offset());
      case FSYNC -> file.fsync();
      case FDATASYNC -> file.fdatasync();
    }
    return null;
  }

  private void store(DioFile file, Op op) throws IOException {
    long start = op.offset() / PAGE_SIZE * PAGE_SIZE;
    try (FileMapping mapping = file.mmap(start, op.end() - start)) {
      mapping.store(op.offset() - start, buffer, 0, op.bytes());
    }
  }
}
