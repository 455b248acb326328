package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.Volume;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One thread of TSO32 that keeps several writes in flight.
 *
 * <p>Before it waits for another thread to preallocate, it takes all its writes: one of them may
 * hold the lock that fallocate needs.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class AioFillWorker implements Filler {
  private static final int UNITS_PER_WRITE = ChunkedFill.WRITE_BYTES / Stamp.UNIT_BYTES;

  private final WorkVolume volume;
  private final int depth;
  private final long trial;
  private final FillVariant.Sync sync;
  private final PhaseRecorder recorder = new PhaseRecorder();

  /** A worker with up to {@code depth} writes in flight. */
  AioFillWorker(WorkVolume volume, int depth, long trial, FillVariant.Sync sync) {
    this.volume = volume;
    this.depth = depth;
    this.trial = trial;
    this.sync = sync;
  }

  @Override
  public void run(DioFile file, ChunkedFill fill, long version) throws IOException {
    Volume mounted = volume.volume();
    boolean complete = false;
    try (WritesInFlight writes = new WritesInFlight(mounted, depth, ChunkedFill.WRITE_BYTES)) {
      ChunkedFill.BeforeWait takeAll = () -> takeAll(file, fill, writes);
      for (int block = fill.claim(takeAll);
          block != ChunkedFill.NONE;
          block = fill.claim(takeAll)) {
        if (writes.freeSlots() == 0) {
          completed(file, fill, writes.take());
        }
        submit(file, writes, block, version);
        takeComplete(file, fill, writes);
      }
      takeAll(file, fill, writes);
      complete = true;
    } finally {
      if (!complete) {
        fill.fail();
      }
    }
  }

  private void submit(DioFile file, WritesInFlight writes, int block, long version)
      throws IOException {
    Stamp.write(
        writes.next().buffer(),
        0,
        ChunkedFill.WRITE_BYTES,
        trial,
        (long) block * UNITS_PER_WRITE,
        version);
    writes.write(file, block, sync == FillVariant.Sync.DSYNC);
    writes.flush();
  }

  private void takeComplete(DioFile file, ChunkedFill fill, WritesInFlight writes)
      throws IOException {
    WritesInFlight.@Nullable Slot done = writes.poll();
    while (done != null) {
      completed(file, fill, done);
      done = writes.poll();
    }
  }

  private void takeAll(DioFile file, ChunkedFill fill, WritesInFlight writes) throws IOException {
    while (!writes.isEmpty()) {
      completed(file, fill, writes.take());
    }
  }

  private void completed(DioFile file, ChunkedFill fill, WritesInFlight.Slot done)
      throws IOException {
    recorder.record(done.request(), ChunkedFill.WRITE_BYTES);
    if (fill.completed(done.place()) && sync == FillVariant.Sync.FDATASYNC) {
      long start = System.nanoTime();
      file.fdatasync();
      recorder.recordSync(System.nanoTime() - start);
    }
  }

  @Override
  public PhaseRecorder recorder() {
    return recorder;
  }
}
