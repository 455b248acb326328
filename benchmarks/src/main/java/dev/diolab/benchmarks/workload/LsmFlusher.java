package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A thread that writes tables as long as the log is not full: each in direct writes of 1 MiB up to
 * 60 to 90 % of what was preallocated; then it reads its oldest table, as a compaction does, and
 * deletes it when there are more than two.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class LsmFlusher {
  /** Bytes of a write and of a read. */
  static final int WRITE_BYTES = 1 << 20;

  private static final int MOST_TABLES = 2;
  private static final double SMALLEST_SHARE = 0.6;
  private static final double LARGEST_SHARE = 0.9;

  private final WorkVolume volume;
  private final long allocated;
  private final long trial;
  private final SplittableRandom random;
  private final MemorySegment buffer;
  private final DioRequest request;
  private final Deque<LsmTable> tables = new ArrayDeque<>();
  private final PhaseRecorder writes = new PhaseRecorder();
  private final PhaseRecorder reads = new PhaseRecorder();
  private final PhaseRecorder finishes = new PhaseRecorder();
  private int made;

  /**
   * A flusher of tables for each of which {@code allocated} bytes are preallocated.
   *
   * @param trial marks what this flusher writes
   */
  LsmFlusher(WorkVolume volume, long allocated, long seed, long trial) {
    this.volume = volume;
    this.allocated = allocated;
    this.trial = trial;
    this.random = new SplittableRandom(seed);
    this.buffer = volume.volume().allocateBuffer(WRITE_BYTES);
    this.request = new DioRequest(buffer);
  }

  /** Makes at least one table, and goes on until {@code log} is full. */
  void run(WalLog log) throws IOException {
    do {
      LsmTable table = LsmTable.create(volume, allocated, nextBytes(), Seeds.derive(trial, made));
      if (!write(table, log)) {
        volume.volume().unlink(table.inodeNumber());
        return;
      }
      made++;
      finish(table);
      readOldest();
      while (tables.size() > MOST_TABLES) {
        volume.volume().unlink(tables.removeFirst().inodeNumber());
      }
    } while (!log.isOver());
  }

  private long nextBytes() {
    double share = random.nextDouble(SMALLEST_SHARE, LARGEST_SHARE);
    return (long) (share * allocated) / Stamp.UNIT_BYTES * Stamp.UNIT_BYTES;
  }

  /** Whether the table is complete: when the log is full only the first one is. */
  private boolean write(LsmTable table, WalLog log) throws IOException {
    for (long offset = 0; offset < table.bytes(); offset += WRITE_BYTES) {
      if (made > 0 && log.isOver()) {
        return false;
      }
      table.stamped().stamp(buffer, WRITE_BYTES, offset);
      int moved = table.stamped().file().write(request.prepare(0, offset, WRITE_BYTES, false));
      writes.record(request, moved);
      requireWhole(moved, WRITE_BYTES, offset);
    }
    return true;
  }

  private void finish(LsmTable table) throws IOException {
    long start = System.nanoTime();
    table.finish(allocated);
    finishes.recordWhole(System.nanoTime() - start, 0);
    tables.addLast(table);
  }

  private void readOldest() throws IOException {
    LsmTable oldest = tables.getFirst();
    for (long offset = 0; offset < oldest.bytes(); offset += WRITE_BYTES) {
      int bytes = (int) Math.min(WRITE_BYTES, oldest.bytes() - offset);
      int moved = oldest.stamped().file().read(request.prepare(0, offset, bytes, false));
      reads.record(request, moved);
      requireWhole(moved, bytes, offset);
      oldest.stamped().requireLast(buffer, bytes, offset);
    }
  }

  private static void requireWhole(int moved, int bytes, long offset) {
    if (moved != bytes) {
      throw new AssertionError(
          "request at offset " + offset + " moved " + moved + " of " + bytes + " bytes");
    }
  }

  /** The tables that are there. */
  List<LsmTable> tables() {
    return List.copyOf(tables);
  }

  /** The writes of tables. */
  PhaseRecorder writes() {
    return writes;
  }

  /** The reads of the compaction. */
  PhaseRecorder reads() {
    return reads;
  }

  /** How long it took to cut each table off and to make it durable. */
  PhaseRecorder finishes() {
    return finishes;
  }
}
