package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * One thread of INTERFERENCE, which does one kind of request over and over.
 *
 * <p>Piece {@code p} of the file, of {@link #PIECE_BYTES}, belongs to worker {@code p mod workers}:
 * two threads share the file and its locks, never a page, so each page must hold what its worker
 * wrote last.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class InterferenceWorker {
  /** The largest request. */
  static final int PIECE_BYTES = 1 << 20;

  private static final long REST_NANOS = 1_000_000;

  private final DioFile file;
  private final MemorySegment buffer;
  private final DioRequest request;
  private final InterferenceVariant.Load load;
  private final SplittableRandom random;
  private final PhaseRecorder recorder = PhaseRecorder.inSlices();
  private final long trial;
  private final int index;
  private final int workers;
  private final int ownPieces;

  /** How often each unit of the file was written; each worker has those of its pieces. */
  private final int[] versions;

  InterferenceWorker(
      DioFile file,
      MemorySegment buffer,
      InterferenceVariant.Load load,
      int index,
      int workers,
      int[] versions,
      long seed,
      long trial) {
    this.file = file;
    this.buffer = buffer;
    this.request = new DioRequest(buffer);
    this.load = load;
    this.random = new SplittableRandom(Seeds.derive(seed, index));
    this.trial = trial;
    this.index = index;
    this.workers = workers;
    this.versions = versions;
    int pieces = Math.toIntExact(file.size() / PIECE_BYTES);
    if (pieces < workers) {
      throw new IllegalArgumentException(
          "a file of " + pieces + " MiB is too small for " + workers + " threads");
    }
    this.ownPieces = (pieces - index + workers - 1) / workers;
  }

  /** Does one request and records it; nothing where nothing is to be done. */
  void next() throws IOException {
    if (load == InterferenceVariant.Load.NOBODY) {
      LockSupport.parkNanos(REST_NANOS); // takes no CPU from those that are measured
      return;
    }
    long piece = (long) random.nextInt(ownPieces) * workers + index;
    long offset =
        piece * PIECE_BYTES + (long) random.nextInt(PIECE_BYTES / load.bytes()) * load.bytes();
    int unit = Math.toIntExact(offset / Stamp.UNIT_BYTES);
    if (load.writes()) {
      write(offset, unit);
    } else {
      read(offset, unit);
    }
  }

  private void write(long offset, int unit) throws IOException {
    int version = versions[unit] + 1;
    for (int i = unit; i < unit + load.bytes() / Stamp.UNIT_BYTES; i++) {
      version = Math.max(version, versions[i] + 1);
    }
    Stamp.write(buffer, 0, load.bytes(), trial, unit, version);
    for (int i = unit; i < unit + load.bytes() / Stamp.UNIT_BYTES; i++) {
      versions[i] = version;
    }
    int moved = file.write(request.prepare(0, offset, load.bytes(), load.dsync()));
    recorder.record(request, moved);
    requireWhole(moved, offset);
  }

  private void read(long offset, int unit) throws IOException {
    int moved = file.read(request.prepare(0, offset, load.bytes(), false));
    recorder.record(request, moved);
    requireWhole(moved, offset);
    if (versions[unit] != 0 && !Stamp.matches(buffer, 0, trial, unit, versions[unit])) {
      throw new AssertionError(
          "read of "
              + offset
              + " gave "
              + Stamp.describe(buffer, 0)
              + ", not version "
              + versions[unit]);
    }
  }

  private void requireWhole(int moved, long offset) {
    if (moved != load.bytes()) {
      throw new AssertionError(
          "request at " + offset + " moved " + moved + " of " + load.bytes() + " bytes");
    }
  }

  PhaseRecorder recorder() {
    return recorder;
  }
}
