package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The doublewrite file of InnoDB: takes a copy of each batch in one write, which is durable before
 * the pages are written to their places.
 *
 * <p>Thread safety: one thread at a time.
 */
final class Doublewrite {
  /** The whole file, and the largest batch. */
  static final int BYTES = IbdInserter.BATCH_PAGES * Tablespace.PAGE_BYTES;

  private final StampedFile file;
  private final MemorySegment buffer;
  private final DioRequest request;
  private final PhaseRecorder recorder = new PhaseRecorder();

  /** A new file, all written. */
  Doublewrite(WorkVolume volume, long trial) throws IOException {
    this.file = new StampedFile(volume.volume().create(), BYTES, trial);
    this.buffer = volume.volume().allocateBuffer(BYTES);
    this.request = new DioRequest(buffer);
    ZeroFill.fill(volume, file.file(), 0, BYTES);
  }

  /** Writes a copy of {@code pages} pages and makes it durable. */
  void write(int pages) throws IOException {
    int bytes = pages * Tablespace.PAGE_BYTES;
    file.stamp(buffer, bytes, 0);
    int moved = file.file().write(request.prepare(0, 0, bytes, false));
    if (moved != bytes) {
      throw new AssertionError("doublewrite moved " + moved + " of " + bytes + " bytes");
    }
    recorder.record(request, bytes);
    long start = System.nanoTime();
    file.file().fdatasync();
    recorder.recordSync(System.nanoTime() - start);
  }

  StampedFile stamped() {
    return file;
  }

  /** The writes and the fdatasyncs. */
  PhaseRecorder recorder() {
    return recorder;
  }
}
