package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ExtentSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * TSO32: workers fill a file of 32 MiB chunks with random writes of 32 KiB, each block once.
 *
 * <p>First touch is one-way, so every pass gets a new file: one that is just like it warms up, then
 * one is measured. Afterwards all blocks must be written and hold what was written to them, or the
 * trial fails.
 *
 * <p>Thread safety: each worker runs in its own thread, everything else while no worker runs.
 */
final class FillTrial implements AutoCloseable {
  private final ForkSettings settings;
  private final FillVariant variant;
  private final WorkVolume volume;
  private final Filler[] workers;
  private final Meter meter;
  private final int chunks;

  private @Nullable DioFile file;
  private @Nullable ChunkedFill fill;
  private long version;
  private @Nullable Double fillSeconds;
  private long filledBytes;
  private long extentsBefore;

  private FillTrial(ForkSettings settings, WorkVolume volume, FillVariant variant, int threads) {
    this.settings = settings;
    this.variant = variant;
    this.volume = volume;
    this.meter = new Meter(volume);
    this.chunks = Math.toIntExact(settings.fileBytes() / ChunkedFill.CHUNK_BYTES);
    this.workers = new Filler[threads];
    for (int i = 0; i < threads; i++) {
      workers[i] = worker();
    }
  }

  private Filler worker() {
    return variant.depth() == 0
        ? new FillWorker(
            volume.volume().allocateBuffer(ChunkedFill.WRITE_BYTES),
            settings.trial(),
            variant.sync())
        : new AioFillWorker(volume, variant.depth(), settings.trial(), variant.sync());
  }

  static FillTrial open(
      ForkSettings settings, String strategy, String policy, String variant, int threads)
      throws IOException {
    return open(settings, WorkVolume.format(settings, strategy, policy), variant, threads);
  }

  /** A trial on {@code volume}, which it closes. */
  static FillTrial open(ForkSettings settings, WorkVolume volume, String variant, int threads)
      throws IOException {
    try {
      return new FillTrial(settings, volume, FillVariant.parse(variant), threads);
    } catch (RuntimeException | Error e) {
      volume.close();
      throw e;
    }
  }

  /** Makes a new file in the state that the variant asks for; measuring begins at the end. */
  void startPass(boolean measured) throws IOException {
    DioFile fresh = volume.volume().create();
    file = fresh;
    prepare(fresh);
    version++;
    fill =
        new ChunkedFill(
            fresh, chunks, variant.state() == FillVariant.State.UNWRITTEN, settings.seed());
    if (measured) {
      extentsBefore = fresh.extents().extents();
      for (Filler worker : workers) {
        worker.recorder().reset();
      }
      meter.start();
      meter.addZeroFill(filledBytes);
    }
  }

  /** What one worker does in a pass. */
  void work(int index) throws IOException {
    workers[index].run(Objects.requireNonNull(file), Objects.requireNonNull(fill), version);
  }

  /** Ends a pass; one that was measured is checked and its result written. */
  @Nullable RoundResult endPass(boolean measured) throws IOException {
    if (measured) {
      meter.stop();
    }
    DioFile written = volume.reopen(Objects.requireNonNull(file));
    RoundResult result = measured ? check(written) : null;
    volume.volume().unlink(written.inodeNumber());
    file = null;
    fill = null;
    return result;
  }

  private void prepare(DioFile fresh) throws IOException {
    long bytes = (long) chunks * ChunkedFill.CHUNK_BYTES;
    switch (variant.state()) {
      case UNWRITTEN -> {}
      case ZEROED -> {
        long start = System.nanoTime();
        for (long at = 0; at < bytes; at += ChunkedFill.CHUNK_BYTES) {
          ZeroFill.fill(volume, fresh, at, ChunkedFill.CHUNK_BYTES);
        }
        fillSeconds = (System.nanoTime() - start) / 1e9;
        filledBytes = bytes;
      }
      case REWRITTEN -> {
        FillWorker first =
            new FillWorker(
                volume.volume().allocateBuffer(ChunkedFill.WRITE_BYTES),
                settings.trial(),
                FillVariant.Sync.FDATASYNC);
        version++;
        first.run(fresh, new ChunkedFill(fresh, chunks, true, settings.seed()), version);
      }
    }
  }

  private RoundResult check(DioFile written) throws IOException {
    PhaseRecorder recorded = new PhaseRecorder();
    for (Filler worker : workers) {
      recorded.add(worker.recorder());
    }
    long expected = (long) chunks * ChunkedFill.WRITES_PER_CHUNK;
    if (recorded.operations() != expected || recorded.bytes() != settings.fileBytes()) {
      throw new AssertionError(
          String.format(
              "%d operations wrote %d bytes, expected %d and %d",
              recorded.operations(), recorded.bytes(), expected, settings.fileBytes()));
    }
    if (meter.writtenBytes() < settings.fileBytes()) {
      throw new AssertionError(
          "the device took " + meter.writtenBytes() + " bytes of " + settings.fileBytes());
    }
    ExtentSummary after = written.extents();
    if (after.unwrittenBlocks() != 0
        || after.writtenBlocks() != settings.fileBytes() / volume.blockBytes()) {
      throw new AssertionError("after the fill not all blocks are written: " + after);
    }
    long checked =
        new ContentCheck(
                written,
                volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES),
                settings.trial())
            .check(unit -> version, settings.fileBytes(), settings.seed());
    RoundResult result =
        meter.result(recorded, fillSeconds, extentsBefore, after.extents(), checked, null);
    RoundFiles.write(
        Path.of(settings.result()), result, recorded, meter.startedAt(), meter.stoppedAt());
    return result;
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
