package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * One thread of TSO32 that writes synchronously.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class FillWorker implements Filler {
  private static final int UNITS_PER_WRITE = ChunkedFill.WRITE_BYTES / Stamp.UNIT_BYTES;

  private final MemorySegment buffer;
  private final DioRequest request;
  private final long trial;
  private final FillVariant.Sync sync;
  private final PhaseRecorder recorder = new PhaseRecorder();

  FillWorker(MemorySegment buffer, long trial, FillVariant.Sync sync) {
    this.buffer = buffer;
    this.request = new DioRequest(buffer);
    this.trial = trial;
    this.sync = sync;
  }

  @Override
  public void run(DioFile file, ChunkedFill fill, long version) throws IOException {
    boolean complete = false;
    try {
      for (int block = fill.claim(); block != ChunkedFill.NONE; block = fill.claim()) {
        write(file, block, version);
        if (fill.completed(block) && sync == FillVariant.Sync.FDATASYNC) {
          long start = System.nanoTime();
          file.fdatasync();
          recorder.recordSync(System.nanoTime() - start);
        }
      }
      complete = true;
    } finally {
      if (!complete) {
        fill.fail();
      }
    }
  }

  private void write(DioFile file, int block, long version) throws IOException {
    Stamp.write(buffer, 0, ChunkedFill.WRITE_BYTES, trial, (long) block * UNITS_PER_WRITE, version);
    request.prepare(
        0,
        (long) block * ChunkedFill.WRITE_BYTES,
        ChunkedFill.WRITE_BYTES,
        sync == FillVariant.Sync.DSYNC);
    int moved = file.write(request);
    recorder.record(request, moved);
    if (moved != ChunkedFill.WRITE_BYTES) {
      throw new AssertionError("write of block " + block + " moved " + moved + " bytes");
    }
  }

  @Override
  public PhaseRecorder recorder() {
    return recorder;
  }
}
