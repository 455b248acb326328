package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.load.LoadClock;
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
 * WAL-COMMIT: clients commit to one log in groups, over segments in a certain state (facts on
 * databases, P4).
 *
 * <p>First touch is one-way, so every pass gets new segments; a short one warms up, then one pass
 * over all is measured. Afterwards all blocks must be written and hold what was written to them, or
 * the trial fails.
 *
 * <p>In an open loop a whole log warms up, and the records of the measured pass arrive at a rate,
 * for as long as all that are due have room in the log. What was not sent in time leaves the end of
 * the log as it was.
 *
 * <p>Thread safety: each client runs in its own thread, everything else while no client runs.
 */
final class WalTrial implements AutoCloseable {
  /** Segments of PostgreSQL; a smaller log has one segment only. */
  private static final int SEGMENT_BYTES = 16 << 20;

  private static final int WARMUP_BYTES = 1 << 20;

  private final ForkSettings settings;
  private final WalVariant variant;
  private final WorkVolume volume;
  private final int clientCount;
  private final Meter meter;
  private @Nullable Pass pass;

  private record Pass(
      WalLog log,
      List<DioFile> segments,
      List<WalClient> clients,
      @Nullable ArrivalPass arrivals,
      @Nullable Double fillSeconds,
      long extentsBefore) {}

  private WalTrial(ForkSettings settings, WorkVolume volume, WalVariant variant, int clients) {
    this.settings = settings;
    this.variant = variant;
    this.volume = volume;
    this.clientCount = clients;
    this.meter = new Meter(volume);
  }

  static WalTrial open(
      ForkSettings settings, String strategy, String policy, String variant, int clients)
      throws IOException {
    return open(settings, WorkVolume.format(settings, strategy, policy), variant, clients);
  }

  /** A trial on {@code volume}, which it closes. */
  static WalTrial open(ForkSettings settings, WorkVolume volume, String variant, int clients)
      throws IOException {
    try {
      return new WalTrial(settings, volume, WalVariant.parse(variant), clients);
    } catch (RuntimeException | Error e) {
      volume.close();
      throw e;
    }
  }

  /** Makes new segments; measuring begins at the end. */
  void startPass(boolean measured) throws IOException {
    // What arrives within a short time must not find code that is still being compiled.
    boolean whole = measured || settings.openLoop() != null;
    int segmentBytes = (int) Math.min(SEGMENT_BYTES, whole ? settings.fileBytes() : WARMUP_BYTES);
    int count = whole ? Math.toIntExact(settings.fileBytes() / segmentBytes) : 1;
    long start = System.nanoTime();
    List<DioFile> segments =
        WalSegments.make(volume, variant.state(), count, segmentBytes, settings.trial());
    double madeSeconds = (System.nanoTime() - start) / 1e9;
    WalLog log =
        new WalLog(
            volume, segments, segmentBytes, variant.dsync(), settings.trial(), settings.seed());
    List<WalClient> clients = new ArrayList<>();
    for (int i = 0; i < clientCount; i++) {
      clients.add(new WalClient(settings.seed(), i));
    }
    ArrivalPass arrivals = measured ? arrivals(log) : null;
    // A rate has no place for the time before it.
    boolean timed = variant.state() == WalVariant.State.ZEROED && arrivals == null;
    pass =
        new Pass(log, segments, clients, arrivals, timed ? madeSeconds : null, extents(segments));
    meter.start();
    if (arrivals != null) {
      arrivals.start();
    }
  }

  /** The open loop of a pass over {@code log}, if the settings are of one. */
  private @Nullable ArrivalPass arrivals(WalLog log) {
    OpenLoopSettings openLoop = settings.openLoop();
    if (openLoop == null) {
      return null;
    }
    ArrivalPass arrivals =
        new ArrivalPass(openLoop, settings.seed(), clientCount, LoadClock.system());
    arrivals.limit(log.pages(), index -> new WalRecords(settings.seed(), index));
    return arrivals;
  }

  /** What one client does in a pass. */
  void work(int index) throws IOException {
    Pass current = Objects.requireNonNull(pass);
    WalClient client = current.clients().get(index);
    ArrivalPass arrivals = current.arrivals();
    if (arrivals == null) {
      client.run(current.log());
    } else {
      arrivals.run(index, client.arrivals(current.log()), client.recorder());
    }
  }

  /**
   * Ends a pass; one that was measured is checked and its results written. In an open loop there is
   * one of commits only: nobody asks for a log write at a rate.
   */
  Map<WalPart, RoundResult> endPass(boolean measured) throws IOException {
    meter.stop();
    Pass done = Objects.requireNonNull(pass);
    pass = null;
    Map<WalPart, RoundResult> results = measured ? check(done) : Map.of();
    for (DioFile segment : done.segments()) {
      volume.volume().unlink(segment.inodeNumber());
    }
    return results;
  }

  private Map<WalPart, RoundResult> check(Pass done) throws IOException {
    PhaseRecorder commits = new PhaseRecorder();
    done.clients().forEach(client -> commits.add(client.recorder()));
    requireCommitted(done, commits);
    if (meter.writtenBytes() < done.log().recorder().bytes()) {
      throw new AssertionError(
          "the device took " + meter.writtenBytes() + " bytes of " + done.log().recorder().bytes());
    }
    volume.reopen();
    long checked =
        WalSegments.check(
            volume,
            variant.state(),
            done.log(),
            done.segments(),
            settings.verifyBytes(),
            settings.seed());
    long extentsAfter = 0;
    for (DioFile segment : done.segments()) {
      extentsAfter += volume.volume().open(segment.inodeNumber()).extents().extents();
    }
    Map<WalPart, RoundResult> results = new EnumMap<>(WalPart.class);
    write(WalPart.COMMIT, commits, done, extentsAfter, checked, results);
    if (done.arrivals() == null) {
      write(WalPart.LOG_WRITE, done.log().recorder(), done, extentsAfter, checked, results);
    }
    return results;
  }

  /** All that was appended was committed: the whole log, or in an open loop what was sent. */
  private static void requireCommitted(Pass done, PhaseRecorder commits) {
    WalLog log = done.log();
    long appended = (long) log.appendedPages() * WalLog.PAGE_BYTES;
    boolean full = log.appendedPages() == log.pages();
    if (commits.bytes() != appended || (done.arrivals() == null && !full)) {
      throw new AssertionError(
          "%d bytes were committed and %d appended, of a log of %d"
              .formatted(commits.bytes(), appended, (long) log.pages() * WalLog.PAGE_BYTES));
    }
    if (commits.operations() == 0) {
      throw new AssertionError("no operation was recorded");
    }
  }

  /** Both parts are of the same time, and tell the same work of journal and device. */
  private void write(
      WalPart part,
      PhaseRecorder recorded,
      Pass done,
      long extentsAfter,
      long checked,
      Map<WalPart, RoundResult> results)
      throws IOException {
    RoundResult measured =
        meter.result(
            recorded, done.fillSeconds(), done.extentsBefore(), extentsAfter, checked, null);
    ArrivalPass arrivals = done.arrivals();
    RoundResult result = arrivals == null ? measured : measured.with(arrivals.result());
    results.put(part, result);
    Path base = RoundFiles.ofPart(Path.of(settings.result()), part.label());
    RoundFiles.write(base, result, recorded, meter.startedAt(), meter.stoppedAt());
  }

  private static long extents(List<DioFile> segments) throws IOException {
    long extents = 0;
    for (DioFile segment : segments) {
      extents += segment.extents().extents();
    }
    return extents;
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
