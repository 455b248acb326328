package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.Volume;
import java.io.IOException;

/**
 * A thread that keeps up to {@value #DEPTH} writes in flight and submits them {@value #BATCH} at a
 * time. It does nothing else: as in FoundationDB, a submission that waits holds up everything.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class RandomSyncSubmitter {
  /** Writes in flight. */
  static final int DEPTH = 64;

  /** Writes handed to the device in one call. */
  static final int BATCH = 10;

  private final int pageBytes;
  private final long trial;
  private final PhaseRecorder submits = new PhaseRecorder();
  private final PhaseRecorder completions = new PhaseRecorder();

  RandomSyncSubmitter(int pageBytes, long trial) {
    this.pageBytes = pageBytes;
    this.trial = trial;
  }

  /** Writes pages until none is left. */
  void run(Volume volume, RandomSyncPass pass) throws IOException {
    boolean complete = false;
    try (WritesInFlight writes = new WritesInFlight(volume, DEPTH, pageBytes)) {
      boolean left = true;
      while (left || !writes.isEmpty()) {
        if (left && writes.freeSlots() >= BATCH) {
          left = submitBatch(writes, pass);
        } else {
          completions.record(writes.take().request(), pageBytes);
          pass.beat().completed();
        }
      }
      complete = true;
    } finally {
      if (!complete) {
        pass.beat().fail();
      }
    }
  }

  /** Whether there may be more pages. */
  private boolean submitBatch(WritesInFlight writes, RandomSyncPass pass) throws IOException {
    for (int i = 0; i < BATCH; i++) {
      int page = pass.claim();
      if (page == RandomSyncPass.NONE) {
        writes.flush();
        return false;
      }
      submit(writes, pass, page, i == BATCH - 1);
    }
    return true;
  }

  /** The last one of a batch pays for the call that hands it over. */
  private void submit(WritesInFlight writes, RandomSyncPass pass, int page, boolean isLast)
      throws IOException {
    long unit = (long) page * (pageBytes / Stamp.UNIT_BYTES);
    Stamp.write(writes.next().buffer(), 0, pageBytes, trial, unit, pass.version());
    long start = System.nanoTime();
    writes.write(pass.file(), page, false);
    if (isLast) {
      writes.flush();
    }
    submits.recordWhole(System.nanoTime() - start, pageBytes);
  }

  /** How long each submission took. */
  PhaseRecorder submits() {
    return submits;
  }

  /** How long each write took from its submission to its completion. */
  PhaseRecorder completions() {
    return completions;
  }
}
