package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.util.SplittableRandom;

/**
 * A segment that a broker appends to (facts on databases, 1.5 and P6): preallocated behind its end
 * step by step, written from front to back, cut off at the end of its data when it is closed.
 *
 * <p>After each sync the last page, which was not full, is written again at the head of the next
 * write.
 *
 * <p>Thread safety: one thread at a time.
 */
final class BrokerFile {
  /** Bytes of a write: append_chunk_size of Redpanda. */
  static final int WRITE_BYTES = 16 << 10;

  /** The smallest file: room for four steps of one write. */
  static final int SMALLEST_BYTES = 4 * WRITE_BYTES;

  private static final int PAGE_BYTES = Stamp.UNIT_BYTES;

  /** segment_fallocation_step of Redpanda. */
  private static final long LARGEST_STEP_BYTES = 32L << 20;

  /** Steps of a file that is too small for steps of that size. */
  private static final int STEPS = 4;

  /** A file is closed when at least seven eighths of it are written, as time or retention says. */
  private static final int CLOSED_EARLY_SHARE = 8;

  private final StampedFile file;
  private final BrokerVariant variant;

  /** The data ends before this. */
  private final long limit;

  private final long bytes;
  private final long stepBytes;

  /** Blocks before this are allocated. */
  private long allocated;

  /** i_size, when it is moved ahead. */
  private long sizeAhead;

  /** Where the data ends, writes in flight included. */
  private long end;

  private int writesSinceSync;
  private boolean lastPagePartial;
  private int inFlight;
  private boolean closed;

  private BrokerFile(StampedFile file, BrokerVariant variant, long bytes, long limit) {
    this.file = file;
    this.variant = variant;
    this.bytes = bytes;
    this.limit = limit;
    this.stepBytes = Math.min(LARGEST_STEP_BYTES, bytes / STEPS / WRITE_BYTES * WRITE_BYTES);
  }

  /**
   * A new, empty file.
   *
   * @param bytes the most that it may become; whole pages, at least {@link #SMALLEST_BYTES}
   * @param seed says how much of that it becomes
   * @param trial marks what is written to it
   */
  static BrokerFile create(
      WorkVolume volume, BrokerVariant variant, long bytes, long seed, long trial)
      throws IOException {
    if (bytes < SMALLEST_BYTES || bytes % PAGE_BYTES != 0) {
      throw new IllegalArgumentException(
          "a file of BROKER-APPEND of " + bytes + " bytes: must be at least " + SMALLEST_BYTES);
    }
    long early = new SplittableRandom(seed).nextLong(bytes / CLOSED_EARLY_SHARE + 1);
    StampedFile file = new StampedFile(volume.volume().create(), bytes, trial);
    return new BrokerFile(file, variant, bytes, bytes - early);
  }

  /** Where the next write begins. */
  private long nextOffset() {
    return lastPagePartial ? end - PAGE_BYTES : end;
  }

  private long nextEnd() {
    return nextOffset() + WRITE_BYTES;
  }

  /** Whether there is no room for another write. */
  boolean isFull() {
    return nextEnd() > limit;
  }

  boolean isClosed() {
    return closed;
  }

  /** Writes that were submitted and did not complete. */
  int inFlight() {
    return inFlight;
  }

  /** Whether {@link #grow} must come before the next write. */
  boolean mustGrow() {
    return nextEnd() > allocated || (variant.truncatesAhead() && nextEnd() > sizeAhead);
  }

  /** Preallocates the next step, and moves i_size ahead; no write may be in flight. */
  void grow() throws IOException {
    if (nextEnd() > allocated) {
      long step = Math.min(stepBytes, bytes - allocated);
      file.file().zeroRange(allocated, step, true);
      allocated += step;
    }
    if (variant.truncatesAhead() && nextEnd() > sizeAhead) {
      sizeAhead = Math.max(2 * sizeAhead, nextEnd());
      file.file().truncate(sizeAhead);
    }
  }

  /** Submits the next write, as of place {@code place}. */
  void append(WritesInFlight writes, int place) throws IOException {
    long offset = nextOffset();
    file.stamp(writes.next().buffer(), WRITE_BYTES, offset);
    writes.writeAt(file.file(), place, offset, false);
    end = offset + WRITE_BYTES;
    lastPagePartial = false;
    inFlight++;
    writesSinceSync++;
  }

  /** A write has completed. */
  void completed() {
    inFlight--;
  }

  /** Whether {@link #sync} is due. */
  boolean mustSync() {
    return writesSinceSync >= variant.writesPerSync();
  }

  /** Makes all writes durable; none may be in flight. */
  void sync() throws IOException {
    file.file().fdatasync();
    writesSinceSync = 0;
    lastPagePartial = true;
  }

  /** Gives back what was preallocated for nothing, and makes the file durable. */
  void close() throws IOException {
    file.file().truncate(end);
    file.file().fsync();
    closed = true;
  }

  StampedFile stamped() {
    return file;
  }

  DioFile file() {
    return file.file();
  }

  /** Where the data ends. */
  long end() {
    return end;
  }
}
