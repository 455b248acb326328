package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.engine.file.DioFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * SCAN+PUNCH: direct writers beside a buffered scanner of the same files, with punches, truncates
 * and fallocate (facts on databases, P10).
 *
 * <p>The first write of a page is one-way, so every pass gets new files; the smallest possible ones
 * warm up, then one pass is measured. A pass ends when every page has been written. Afterwards what
 * the page cache shows and what the device holds must both be what was written last, or the trial
 * fails.
 *
 * <p>The page cache has room for a quarter of the files, so that a scan goes to the device and a
 * write finds what the scan left.
 *
 * <p>Thread safety: each worker runs in its own thread, everything else while no worker runs.
 */
final class ScanTrial implements AutoCloseable {
  private static final int CACHE_SHARE = 4;
  private static final long SMALLEST_CACHE_BYTES = 2L << 20;

  private final ForkSettings settings;
  private final WorkVolume volume;
  private final int fileCount;
  private final int writerCount;
  private final Meter betweenScans;
  private final Meter inScan;
  private @Nullable Pass pass;

  /** The files of a pass and who works on them. */
  private record Pass(
      List<ScanFile> files, List<ScanWriter> writers, Scanner scanner, long extentsBefore) {}

  private ScanTrial(ForkSettings settings, WorkVolume volume, ScanVariant variant, int threads) {
    this.settings = settings;
    this.volume = volume;
    this.fileCount = variant.files();
    this.writerCount = threads - 1;
    this.betweenScans = new Meter(volume);
    this.inScan = new Meter(volume);
  }

  /**
   * A trial on the image that the settings name.
   *
   * @param threads writers and one scanner
   */
  static ScanTrial open(
      ForkSettings settings, String strategy, String policy, String variant, int threads)
      throws IOException {
    long cache = Math.max(SMALLEST_CACHE_BYTES, settings.fileBytes() / CACHE_SHARE);
    return open(settings, WorkVolume.format(settings, strategy, policy, cache), variant, threads);
  }

  /** A trial on {@code volume}, which it closes. */
  static ScanTrial open(ForkSettings settings, WorkVolume volume, String variant, int threads)
      throws IOException {
    try {
      return new ScanTrial(settings, volume, ScanVariant.parse(variant), threads);
    } catch (RuntimeException | Error e) {
      volume.close();
      throw e;
    }
  }

  /** Makes new files; measuring begins at the end. */
  void startPass(boolean measured) throws IOException {
    long whole = settings.fileBytes() / fileCount / ScanFile.UNIT_BYTES * ScanFile.UNIT_BYTES;
    long bytes = measured ? whole : ScanFile.UNIT_BYTES;
    List<ScanFile> files = new ArrayList<>();
    for (int i = 0; i < fileCount; i++) {
      files.add(ScanFile.create(volume, bytes));
    }
    // A trial of its own for the warm-up: what its blocks hold counts as stale later.
    long trial = measured ? settings.trial() : Seeds.derive(settings.trial(), "warm-up");
    ScanSchedule schedule = new ScanSchedule(writes(bytes));
    List<ScanWriter> writers = new ArrayList<>();
    for (int i = 0; i < writerCount; i++) {
      writers.add(
          new ScanWriter(
              files,
              schedule,
              volume.volume().allocateBuffer(ScanFile.PAGE_BYTES),
              i,
              writerCount,
              settings.seed(),
              trial));
    }
    Scanner scanner =
        new Scanner(
            files,
            schedule,
            volume.volume().allocateBuffer(Scanner.READ_BYTES),
            trial,
            betweenScans,
            inScan);
    pass = new Pass(files, writers, scanner, extents(files));
    inScan.reset();
    betweenScans.start();
  }

  private int writes(long bytes) {
    int writes = 0;
    for (int i = 0; i < writerCount; i++) {
      writes += ScanWriter.writes(bytes, fileCount, i, writerCount);
    }
    return writes;
  }

  /** What one worker does in a pass; the last one scans. */
  void work(int index) throws IOException {
    Pass current = Objects.requireNonNull(pass);
    if (index == writerCount) {
      current.scanner().run();
    } else {
      current.writers().get(index).run();
    }
  }

  /** Ends a pass; one that was measured is checked and its results written. */
  Map<ScanPart, RoundResult> endPass(boolean measured) throws IOException {
    betweenScans.stop();
    inScan.shareWith(betweenScans, fileCount);
    Pass done = Objects.requireNonNull(pass);
    pass = null;
    Map<ScanPart, RoundResult> results = measured ? check(done) : Map.of();
    for (ScanFile file : done.files()) {
      volume.volume().unlink(file.file().inodeNumber());
    }
    return results;
  }

  private Map<ScanPart, RoundResult> check(Pass done) throws IOException {
    ScanRecorders recorded = new ScanRecorders();
    recorded.add(done.scanner().recorders());
    done.writers().forEach(writer -> recorded.add(writer.recorders()));
    requireWork(recorded, done.files().getFirst().bytes());
    long extentsAfter = extents(done.files());
    long checked = 0;
    for (ScanFile file : done.files()) {
      checkContents(done, file.file(), true);
    }
    volume.reopen();
    for (ScanFile file : done.files()) {
      DioFile reopened = volume.volume().open(file.file().inodeNumber());
      checked += checkContents(done, reopened, false);
    }
    Map<ScanPart, RoundResult> results = new EnumMap<>(ScanPart.class);
    for (ScanPart part : ScanPart.values()) {
      PhaseRecorder recorder = recorded.of(part);
      RoundResult result = result(part, recorder, done.extentsBefore(), extentsAfter, checked);
      results.put(part, result);
      Path base = RoundFiles.ofPart(Path.of(settings.result()), part.label());
      RoundFiles.write(base, result, recorder, betweenScans.startedAt(), betweenScans.stoppedAt());
    }
    return results;
  }

  private void requireWork(ScanRecorders recorded, long bytes) {
    long writes =
        recorded.of(ScanPart.BETWEEN_SCANS).operations()
            + recorded.of(ScanPart.IN_SCAN).operations();
    if (writes != writes(bytes)) {
      throw new AssertionError(writes + " writes were recorded, expected " + writes(bytes));
    }
    for (ScanPart part : ScanPart.values()) {
      if (recorded.of(part).operations() == 0) {
        throw new AssertionError("nothing was measured of the part: " + part.label());
      }
    }
    long written = betweenScans.writtenBytes() + inScan.writtenBytes();
    if (written < writes * ScanFile.PAGE_BYTES) {
      throw new AssertionError("the device took " + written + " bytes of " + writes + " pages");
    }
  }

  private long checkContents(Pass done, DioFile file, boolean cached) throws IOException {
    int index = 0;
    while (done.files().get(index).file().inodeNumber() != file.inodeNumber()) {
      index++;
    }
    var buffer = volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES);
    ContentCheck check =
        cached
            ? ContentCheck.ofPageCache(file, buffer, settings.trial())
            : new ContentCheck(file, buffer, settings.trial());
    return check.check(ScanWriter.expectation(done.writers(), index), file.size(), settings.seed());
  }

  /**
   * The seconds and the counters of journal and device belong to the time between and in scans.
   * While one of several files is scanned, the writes of the others count as between scans, and so
   * does their share of the time. What runs beside the writes has no counters of its own, and its
   * seconds are the time that its calls took.
   */
  private RoundResult result(
      ScanPart part, PhaseRecorder recorder, long extentsBefore, long extentsAfter, long checked) {
    return switch (part) {
      case BETWEEN_SCANS ->
          betweenScans.result(recorder, null, extentsBefore, extentsAfter, checked, null);
      case IN_SCAN -> inScan.result(recorder, null, extentsBefore, extentsAfter, checked, null);
      case SCAN, PUNCH, TRUNCATE, REGROW ->
          Meter.ofCalls(volume, recorder)
              .result(recorder, null, extentsBefore, extentsAfter, checked, null);
    };
  }

  private static long extents(List<ScanFile> files) throws IOException {
    long extents = 0;
    for (ScanFile file : files) {
      extents += file.file().extents().extents();
    }
    return extents;
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
