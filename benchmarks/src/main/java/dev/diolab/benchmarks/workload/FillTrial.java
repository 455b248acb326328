package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.content.Expectation;
import dev.diolab.benchmarks.load.LoadClock;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ExtentSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * TSO32: workers fill a file of 32 MiB chunks with random writes of 32 KiB, each block once.
 *
 * <p>First touch is one-way, so every pass gets a new file: one that is just like it warms up, then
 * one is measured. Afterwards all blocks must be written and hold what was written to them, or the
 * trial fails.
 *
 * <p>In an open loop the writes of the measured pass arrive at a rate, for as long as the file has
 * a block for each. Blocks whose write was not sent in time stay what they were.
 *
 * <p>Thread safety: each worker runs in its own thread, everything else while no worker runs.
 */
final class FillTrial implements AutoCloseable {
  private final ForkSettings settings;
  private final FillVariant variant;
  private final WorkVolume volume;
  private final Filler[] workers;

  /** The workers of an open loop; none in a closed one. */
  private final List<FillWorker> arriving = new ArrayList<>();

  private final Meter meter;
  private final int chunks;

  private @Nullable DioFile file;
  private @Nullable ChunkedFill fill;
  private @Nullable ArrivalPass arrivals;
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
      workers[i] = settings.openLoop() == null ? worker() : arrivingWorker();
    }
  }

  private Filler worker() {
    return variant.depth() == 0
        ? synchronousWorker()
        : new AioFillWorker(volume, variant.depth(), settings.trial(), variant.sync());
  }

  private FillWorker synchronousWorker() {
    return new FillWorker(
        volume.volume().allocateBuffer(ChunkedFill.WRITE_BYTES), settings.trial(), variant.sync());
  }

  private FillWorker arrivingWorker() {
    if (variant.depth() != 0) {
      throw new AssertionError(variant + " takes no arrivals");
    }
    FillWorker worker = synchronousWorker();
    arriving.add(worker);
    return worker;
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
    ChunkedFill blocks =
        new ChunkedFill(
            fresh, chunks, variant.state() == FillVariant.State.UNWRITTEN, settings.seed());
    fill = blocks;
    arrivals = measured ? arrivals(blocks) : null;
    if (measured) {
      extentsBefore = fresh.extents().extents();
      for (Filler worker : workers) {
        worker.recorder().reset();
      }
      meter.start();
      meter.addZeroFill(filledBytes);
    }
    if (arrivals != null) {
      arrivals.start();
    }
  }

  /** The open loop of a pass that has {@code blocks}, if the settings are of one. */
  private @Nullable ArrivalPass arrivals(ChunkedFill blocks) {
    OpenLoopSettings openLoop = settings.openLoop();
    if (openLoop == null) {
      return null;
    }
    ArrivalPass pass =
        new ArrivalPass(openLoop, settings.seed(), workers.length, LoadClock.system());
    pass.limit(blocks.blocks(), index -> () -> 1);
    return pass;
  }

  /** What one worker does in a pass. */
  void work(int index) throws IOException {
    DioFile current = Objects.requireNonNull(file);
    ChunkedFill blocks = Objects.requireNonNull(fill);
    ArrivalPass pass = arrivals;
    if (pass == null) {
      workers[index].run(current, blocks, version);
    } else {
      arriving.get(index).run(pass, index, current, blocks, version);
    }
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
    arrivals = null;
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
    ArrivalPass arrived = arrivals;
    ChunkedFill blocks = Objects.requireNonNull(fill);
    requireWritten(blocks, recorded, arrived == null);
    ExtentSummary after = written.extents();
    requireConverted(after, recorded.bytes());
    long checked =
        new ContentCheck(
                written,
                volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES),
                settings.trial())
            .check(expectation(blocks), settings.fileBytes(), settings.seed());
    // A rate has no place for the time of a zero-fill before it.
    Double timed = arrived == null ? fillSeconds : null;
    RoundResult whole =
        meter.result(recorded, timed, extentsBefore, after.extents(), checked, null);
    RoundResult result = arrived == null ? whole : whole.with(arrived.result());
    RoundFiles.write(
        Path.of(settings.result()), result, recorded, meter.startedAt(), meter.stoppedAt());
    return result;
  }

  /** Every operation wrote a block of its own; all blocks in a closed loop. */
  private void requireWritten(ChunkedFill blocks, PhaseRecorder recorded, boolean all) {
    long expected =
        IntStream.range(0, blocks.blocks()).filter(block -> all || blocks.isWritten(block)).count();
    long bytes = expected * ChunkedFill.WRITE_BYTES;
    if (expected == 0 || recorded.operations() != expected || recorded.bytes() != bytes) {
      throw new AssertionError(
          String.format(
              "%d operations wrote %d bytes, expected %d and %d",
              recorded.operations(), recorded.bytes(), expected, bytes));
    }
    if (meter.writtenBytes() < bytes) {
      throw new AssertionError("the device took " + meter.writtenBytes() + " bytes of " + bytes);
    }
  }

  /** What was written is converted; where that is all of the file, there is nothing else. */
  private void requireConverted(ExtentSummary after, long bytes) {
    long blocks = bytes / volume.blockBytes();
    boolean converted =
        bytes == settings.fileBytes()
            ? after.writtenBlocks() == blocks && after.unwrittenBlocks() == 0
            : after.writtenBlocks() >= blocks;
    if (!converted) {
      throw new AssertionError("after the fill not all blocks are written: " + after);
    }
  }

  /** What was written in this pass, and below it what a file that is rewritten held before. */
  private Expectation expectation(ChunkedFill blocks) {
    long before =
        variant.state() == FillVariant.State.REWRITTEN ? version - 1 : Expectation.NEVER_WRITTEN;
    return unit -> blocks.isWritten((int) (unit / FillWorker.UNITS_PER_WRITE)) ? version : before;
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
