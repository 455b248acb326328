package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.nio.file.Path;

/**
 * INTERFERENCE: half of the threads do one kind of direct request and are measured, the other half
 * does another kind on the same file. All blocks are written, nothing is converted: what one kind
 * does to the other, locks and device do. No extent may change, and the file must hold what was
 * written, or the trial fails.
 *
 * <p>Thread safety: each worker runs in its own thread, everything else while no worker runs.
 */
final class InterferenceTrial implements AutoCloseable {
  private final ForkSettings settings;
  private final WorkVolume volume;
  private final DioFile file;
  private final InterferenceWorker[] workers;
  private final int measured;
  private final int[] versions;
  private final Meter meter;
  private final long extents;

  private InterferenceTrial(
      ForkSettings settings,
      WorkVolume volume,
      DioFile file,
      InterferenceVariant variant,
      int threads)
      throws IOException {
    if (threads < 2) {
      throw new IllegalArgumentException("INTERFERENCE needs two threads, not " + threads);
    }
    this.settings = settings;
    this.volume = volume;
    this.file = file;
    this.meter = new Meter(volume);
    this.extents = file.extents().extents();
    this.versions = new int[Math.toIntExact(file.size() / Stamp.UNIT_BYTES)];
    this.workers = new InterferenceWorker[threads];
    this.measured = threads / 2;
    for (int i = 0; i < threads; i++) {
      workers[i] =
          new InterferenceWorker(
              file,
              volume.volume().allocateBuffer(InterferenceWorker.PIECE_BYTES),
              i < measured ? variant.measured() : variant.beside(),
              i,
              threads,
              versions,
              settings.seed(),
              settings.trial());
    }
  }

  /** A trial on the image that the settings name. */
  static InterferenceTrial open(
      ForkSettings settings, String strategy, String policy, String variant, int threads)
      throws IOException {
    return open(settings, WorkVolume.format(settings, strategy, policy), variant, threads);
  }

  /** A trial on {@code volume}, which it closes. */
  static InterferenceTrial open(
      ForkSettings settings, WorkVolume volume, String variant, int threads) throws IOException {
    try {
      DioFile file = PageFile.create(volume, settings.fileBytes());
      return new InterferenceTrial(
          settings, volume, file, InterferenceVariant.parse(variant), threads);
    } catch (IOException | RuntimeException | Error e) {
      volume.close();
      throw e;
    }
  }

  InterferenceWorker worker(int index) {
    return workers[index];
  }

  /** Forgets what was recorded so far and begins to measure. */
  void startMeasuring() {
    for (InterferenceWorker worker : workers) {
      worker.recorder().reset();
    }
    meter.start();
  }

  /** Cuts the time from now on into slices. */
  void startSlices(Stretch stretch) {
    for (InterferenceWorker worker : workers) {
      worker.recorder().beginSlices(stretch.measured(), stretch.nanos());
    }
  }

  void stopMeasuring() {
    meter.stop();
  }

  /** Checks that the work was done and writes the result, which is of the measured half. */
  RoundResult finish() throws IOException {
    PhaseRecorder recorded = workers[0].recorder();
    for (int i = 1; i < measured; i++) {
      recorded.add(workers[i].recorder());
    }
    if (recorded.operations() == 0) {
      throw new AssertionError("no operation was recorded");
    }
    DioFile reopened = volume.reopen(file);
    long after = reopened.extents().extents();
    if (after != extents || reopened.extents().unwrittenBlocks() != 0) {
      throw new AssertionError(
          "overwrites changed the extents: " + extents + " became " + reopened.extents());
    }
    long checked =
        new ContentCheck(
                reopened,
                volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES),
                settings.trial())
            .check(
                unit -> versions[Math.toIntExact(unit)], settings.verifyBytes(), settings.seed());
    RoundResult result = meter.result(recorded, null, extents, after, checked, null);
    RoundFiles.write(
        Path.of(settings.result()), result, recorded, meter.startedAt(), meter.stoppedAt());
    return result;
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
