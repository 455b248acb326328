package dev.diolab.benchmarks.workload;

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
    int segmentBytes =
        (int) Math.min(SEGMENT_BYTES, measured ? settings.fileBytes() : WARMUP_BYTES);
    int count = measured ? Math.toIntExact(settings.fileBytes() / segmentBytes) : 1;
    long start = System.nanoTime();
    List<DioFile> segments =
        WalSegments.make(volume, variant.state(), count, segmentBytes, settings.trial());
    Double fillSeconds =
        variant.state() == WalVariant.State.ZEROED ? (System.nanoTime() - start) / 1e9 : null;
    WalLog log =
        new WalLog(
            volume, segments, segmentBytes, variant.dsync(), settings.trial(), settings.seed());
    List<WalClient> clients = new ArrayList<>();
    for (int i = 0; i < clientCount; i++) {
      clients.add(new WalClient(settings.seed(), i));
    }
    pass = new Pass(log, segments, clients, fillSeconds, extents(segments));
    meter.start();
  }

  /** What one client does in a pass. */
  void work(int index) throws IOException {
    Pass current = Objects.requireNonNull(pass);
    current.clients().get(index).run(current.log());
  }

  /** Ends a pass; one that was measured is checked and its results written. */
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
    long logBytes = (long) done.log().pages() * WalLog.PAGE_BYTES;
    if (commits.bytes() != logBytes) {
      throw new AssertionError(commits.bytes() + " bytes were committed of a log of " + logBytes);
    }
    if (meter.writtenBytes() < done.log().recorder().bytes()) {
      throw new AssertionError(
          "the device took " + meter.writtenBytes() + " bytes of " + done.log().recorder().bytes());
    }
    volume.reopen();
    long checked =
        WalSegments.check(
            volume, done.log(), done.segments(), settings.verifyBytes(), settings.seed());
    long extentsAfter = 0;
    for (DioFile segment : done.segments()) {
      extentsAfter += volume.volume().open(segment.inodeNumber()).extents().extents();
    }
    Map<WalPart, RoundResult> results = new EnumMap<>(WalPart.class);
    write(WalPart.COMMIT, commits, done, extentsAfter, checked, results);
    write(WalPart.LOG_WRITE, done.log().recorder(), done, extentsAfter, checked, results);
    return results;
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
    RoundResult result =
        meter.result(
            recorded, done.fillSeconds(), done.extentsBefore(), extentsAfter, checked, null);
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
