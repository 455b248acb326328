package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.record.ArrivalResult;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ExtentSummary;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * PAGE-OVERWRITE and LOCK-COST: workers overwrite random pages of a file whose blocks are all
 * written. No extent may change; the trial fails when one does.
 *
 * <p>Thread safety: each worker runs in its own thread, everything else while no worker runs.
 */
final class PageTrial implements AutoCloseable {
  private final ForkSettings settings;
  private final WorkVolume volume;
  private final DioFile file;
  private final PageVariant variant;
  private final PageWorker[] workers;
  private final Meter meter;
  private final ExtentSummary before;

  private PageTrial(
      ForkSettings settings, WorkVolume volume, DioFile file, String variant, int threads)
      throws IOException {
    this.settings = settings;
    this.volume = volume;
    this.file = file;
    this.meter = new Meter(volume);
    this.before = file.extents();
    this.variant = PageVariant.parse(variant);
    this.workers = new PageWorker[threads];
    for (int i = 0; i < threads; i++) {
      workers[i] =
          new PageWorker(
              file,
              volume.volume().allocateBuffer(PageWorker.bufferBytes(this.variant)),
              this.variant,
              i,
              threads,
              settings.seed(),
              settings.trial());
    }
  }

  static PageTrial open(
      ForkSettings settings, String strategy, String policy, String variant, int threads)
      throws IOException {
    WorkVolume volume =
        settings.reuseFile()
            ? WorkVolume.mount(settings, strategy, policy)
            : WorkVolume.format(settings, strategy, policy);
    return open(settings, volume, variant, threads);
  }

  /** A trial on {@code volume}, which it closes. */
  static PageTrial open(ForkSettings settings, WorkVolume volume, String variant, int threads)
      throws IOException {
    try {
      DioFile file =
          settings.reuseFile()
              ? PageFile.open(volume, settings.fileBytes())
              : PageFile.create(volume, settings.fileBytes());
      return new PageTrial(settings, volume, file, variant, threads);
    } catch (IOException | RuntimeException | Error e) {
      volume.close();
      throw e;
    }
  }

  PageWorker worker(int index) {
    return workers[index];
  }

  /** Forgets what was recorded so far and begins to measure. */
  void startMeasuring() {
    for (PageWorker worker : workers) {
      worker.recorder().reset();
    }
    meter.start();
  }

  /** Cuts the time from now on into slices. */
  void startSlices(Stretch stretch) {
    for (PageWorker worker : workers) {
      worker.recorder().beginSlices(stretch.measured(), stretch.nanos());
    }
  }

  void stopMeasuring() {
    meter.stop();
  }

  /** Checks that the work was done and writes the result. */
  RoundResult finish() throws IOException {
    return check(null);
  }

  /** The same for an open loop, of whose operations became what {@code arrivals} says. */
  RoundResult finishOpenLoop(ArrivalResult arrivals) throws IOException {
    return check(arrivals);
  }

  private RoundResult check(@Nullable ArrivalResult arrivals) throws IOException {
    PhaseRecorder recorded = workers[0].recorder();
    for (int i = 1; i < workers.length; i++) {
      recorded.add(workers[i].recorder());
    }
    if (recorded.operations() == 0) {
      throw new AssertionError("no operation was recorded");
    }
    if (!variant.mixed() && meter.writtenBytes() < recorded.bytes()) {
      throw new AssertionError(
          "the device took " + meter.writtenBytes() + " bytes of " + recorded.bytes());
    }
    DioFile reopened = volume.reopen(file);
    ExtentSummary after = reopened.extents();
    if (!after.equals(before)) {
      throw new AssertionError("overwrites changed the extents: " + before + " became " + after);
    }
    long checked =
        new ContentCheck(
                reopened,
                volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES),
                settings.trial())
            .check(PageWorker.expectation(workers), settings.verifyBytes(), settings.seed());
    RoundResult measured =
        meter.result(recorded, null, before.extents(), after.extents(), checked, null);
    RoundResult result = arrivals == null ? measured : measured.with(arrivals);
    RoundFiles.write(
        Path.of(settings.result()), result, recorded, meter.startedAt(), meter.stoppedAt());
    return result;
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
