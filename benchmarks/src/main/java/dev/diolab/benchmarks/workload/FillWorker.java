package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.load.OpenLoop;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * One thread of TSO32 that writes synchronously: until no block is left, or each when it is due.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class FillWorker implements Filler {
  static final int UNITS_PER_WRITE = ChunkedFill.WRITE_BYTES / Stamp.UNIT_BYTES;

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
        stamp(block, version);
        write(file, block);
        if (completed(fill, block)) {
          sync(file);
        }
      }
      complete = true;
    } finally {
      if (!complete) {
        fill.fail();
      }
    }
  }

  /**
   * Writes blocks as they are due, to a file that has one for each. A sync is part of no operation,
   * as in a closed loop: what is due meanwhile waits.
   */
  void run(ArrivalPass arrivals, int index, DioFile file, ChunkedFill fill, long version)
      throws IOException {
    Arriving writes = new Arriving(file, fill, version);
    boolean complete = false;
    try {
      arrivals.run(index, writes, recorder);
      writes.syncIfNeeded();
      complete = true;
    } finally {
      if (!complete) {
        fill.fail();
      }
    }
  }

  private final class Arriving implements OpenLoop.Operation {
    private final DioFile file;
    private final ChunkedFill fill;
    private final long version;
    private int block;
    private boolean needsSync;

    Arriving(DioFile file, ChunkedFill fill, long version) {
      this.file = file;
      this.fill = fill;
      this.version = version;
    }

    @Override
    public void prepare() throws IOException {
      syncIfNeeded();
      block = fill.claim();
      if (block == ChunkedFill.NONE) {
        throw new AssertionError("no block for a write that is due: none is left, or one failed");
      }
      stamp(block, version);
    }

    @Override
    public void send() throws IOException {
      write(file, block);
      needsSync = completed(fill, block);
    }

    void syncIfNeeded() throws IOException {
      if (needsSync) {
        needsSync = false;
        sync(file);
      }
    }
  }

  private void stamp(int block, long version) {
    Stamp.write(buffer, 0, ChunkedFill.WRITE_BYTES, trial, (long) block * UNITS_PER_WRITE, version);
  }

  /** Whether the chunk is complete with this block and wants a sync. */
  private boolean completed(ChunkedFill fill, int block) {
    return fill.completed(block) && sync == FillVariant.Sync.FDATASYNC;
  }

  private void sync(DioFile file) throws IOException {
    long start = System.nanoTime();
    file.fdatasync();
    recorder.recordSync(System.nanoTime() - start);
  }

  private void write(DioFile file, int block) throws IOException {
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
