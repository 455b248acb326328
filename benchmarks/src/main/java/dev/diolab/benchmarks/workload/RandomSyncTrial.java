package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ExtentSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * AIO-RANDOM-SYNC: asynchronous random writes, each page once, while another thread calls fdatasync
 * at each {@link SyncBeat} and once at the end (facts on databases, P9).
 *
 * <p>First touch is one-way, so every pass gets a new file; a sixteenth of it warms up, then one
 * pass is measured. Afterwards all blocks must be written and hold what was written to them, or the
 * trial fails.
 *
 * <p>Thread safety: each worker runs in its own thread, everything else while no worker runs.
 */
final class RandomSyncTrial implements AutoCloseable {
  private static final int WARMUP_SHARE = 16;
  private static final long MIB = 1L << 20;

  private final ForkSettings settings;
  private final RandomSyncVariant variant;
  private final WorkVolume volume;
  private final int submitterCount;
  private final Meter meter;
  private RandomSyncSubmitter[] submitters = {};
  private PhaseRecorder syncs = new PhaseRecorder();
  private @Nullable RandomSyncPass pass;
  private long version;
  private long extentsBefore;

  private RandomSyncTrial(
      ForkSettings settings, WorkVolume volume, RandomSyncVariant variant, int threads) {
    this.settings = settings;
    this.variant = variant;
    this.volume = volume;
    this.submitterCount = threads - 1;
    this.meter = new Meter(volume);
  }

  /**
   * A trial on the image that the settings name.
   *
   * @param threads submitters, and one that syncs
   */
  static RandomSyncTrial open(
      ForkSettings settings, String strategy, String policy, String variant, int threads)
      throws IOException {
    return open(settings, WorkVolume.format(settings, strategy, policy), variant, threads);
  }

  /** A trial on {@code volume}, which it closes. */
  static RandomSyncTrial open(ForkSettings settings, WorkVolume volume, String variant, int threads)
      throws IOException {
    try {
      return new RandomSyncTrial(settings, volume, RandomSyncVariant.parse(variant), threads);
    } catch (RuntimeException | Error e) {
      volume.close();
      throw e;
    }
  }

  /** Makes a new file; measuring begins at the end. */
  void startPass(boolean measured) throws IOException {
    long bytes =
        measured
            ? settings.fileBytes()
            : Math.max(MIB, settings.fileBytes() / WARMUP_SHARE / MIB * MIB);
    DioFile file = volume.volume().create();
    if (variant.unwritten()) {
      file.fallocate(0, bytes, false);
      file.fdatasync();
    } else {
      ZeroFill.fill(volume, file, 0, bytes);
    }
    version++;
    int pages = Math.toIntExact(bytes / variant.pageBytes());
    pass = new RandomSyncPass(file, pages, version, settings.seed());
    submitters = new RandomSyncSubmitter[submitterCount];
    for (int i = 0; i < submitterCount; i++) {
      submitters[i] = new RandomSyncSubmitter(variant.pageBytes(), settings.trial());
    }
    syncs = new PhaseRecorder();
    extentsBefore = file.extents().extents();
    meter.start();
  }

  /** What one worker does in a pass; the last one syncs. */
  void work(int index) throws IOException {
    RandomSyncPass current = Objects.requireNonNull(pass);
    if (index < submitterCount) {
      submitters[index].run(volume.volume(), current);
      return;
    }
    while (current.beat().awaitTurn()) {
      sync(current.file());
    }
    sync(current.file());
  }

  private void sync(DioFile file) throws IOException {
    long start = System.nanoTime();
    file.fdatasync();
    syncs.recordSync(System.nanoTime() - start);
  }

  /** Ends a pass; one that was measured is checked and its results written. */
  Map<RandomSyncPart, RoundResult> endPass(boolean measured) throws IOException {
    meter.stop();
    DioFile written = volume.reopen(Objects.requireNonNull(pass).file());
    pass = null;
    Map<RandomSyncPart, RoundResult> results = measured ? check(written) : Map.of();
    volume.volume().unlink(written.inodeNumber());
    return results;
  }

  private Map<RandomSyncPart, RoundResult> check(DioFile written) throws IOException {
    PhaseRecorder submits = new PhaseRecorder();
    PhaseRecorder completions = new PhaseRecorder();
    for (RandomSyncSubmitter submitter : submitters) {
      submits.add(submitter.submits());
      completions.add(submitter.completions());
    }
    completions.add(syncs);
    requireWork(submits);
    requireWork(completions);
    ExtentSummary after = written.extents();
    if (after.unwrittenBlocks() != 0
        || after.writtenBlocks() != settings.fileBytes() / volume.blockBytes()) {
      throw new AssertionError("after the pass not all blocks are written: " + after);
    }
    long checked =
        new ContentCheck(
                written,
                volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES),
                settings.trial())
            .check(unit -> version, settings.verifyBytes(), settings.seed());
    Map<RandomSyncPart, RoundResult> results = new EnumMap<>(RandomSyncPart.class);
    write(RandomSyncPart.SUBMIT, submits, after, checked, results);
    write(RandomSyncPart.COMPLETION, completions, after, checked, results);
    return results;
  }

  private void requireWork(PhaseRecorder recorded) {
    if (recorded.operations() != settings.fileBytes() / variant.pageBytes()) {
      throw new AssertionError(
          recorded.operations()
              + " writes were recorded of "
              + settings.fileBytes() / variant.pageBytes());
    }
    if (meter.writtenBytes() < settings.fileBytes()) {
      throw new AssertionError(
          "the device took " + meter.writtenBytes() + " bytes of " + settings.fileBytes());
    }
  }

  /** Both parts are of the same time, and tell the same work of journal and device. */
  private void write(
      RandomSyncPart part,
      PhaseRecorder recorded,
      ExtentSummary after,
      long checked,
      Map<RandomSyncPart, RoundResult> results)
      throws IOException {
    RoundResult result =
        meter.result(recorded, null, extentsBefore, after.extents(), checked, null);
    results.put(part, result);
    Path base = RoundFiles.ofPart(Path.of(settings.result()), part.label());
    RoundFiles.write(base, result, recorded, meter.startedAt(), meter.stoppedAt());
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
