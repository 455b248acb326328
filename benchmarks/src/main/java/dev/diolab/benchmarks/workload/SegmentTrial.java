package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundResult;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * SEG-ROLL: durable writes of 4 KiB to logs in segments, each of which is made while the one before
 * it is written (facts on databases, P5: etcd, dqlite, Zeebe, WiredTiger).
 *
 * <p>Every pass gets new logs. Afterwards all segments must be written and hold what was written to
 * them, or the trial fails.
 *
 * <p>Each worker has a log of its own, as partitions or groups of Raft have; the last worker makes
 * the segments of all.
 */
final class SegmentTrial implements PassTrial {
  /** Segments of a log. */
  static final int SEGMENTS = 4;

  private static final long WARMUP_BYTES = 4L << 20;

  private final ForkSettings settings;
  private final SegmentCreation creation;
  private final WorkVolume volume;
  private final int logCount;
  private final Meter between;
  private final Meter during;
  private @Nullable Pass pass;

  /** Passes so far: each marks what it writes as its own. */
  private int passes;

  private record Pass(
      List<SegmentLog> logs, List<SegmentWriter> writers, SegmentMaker maker, long extentsBefore) {}

  private SegmentTrial(
      ForkSettings settings, WorkVolume volume, SegmentCreation creation, int workers) {
    this.settings = settings;
    this.creation = creation;
    this.volume = volume;
    this.logCount = workers - 1;
    this.between = new Meter(volume);
    this.during = new Meter(volume);
  }

  /**
   * A trial on the device that the settings name.
   *
   * @param workers one for each log, and one that makes segments
   */
  static SegmentTrial open(
      ForkSettings settings, String strategy, String policy, String variant, int workers)
      throws IOException {
    return open(settings, WorkVolume.format(settings, strategy, policy), variant, workers);
  }

  /** A trial on {@code volume}, which it closes. */
  static SegmentTrial open(ForkSettings settings, WorkVolume volume, String variant, int workers)
      throws IOException {
    try {
      return new SegmentTrial(settings, volume, SegmentCreation.parse(variant), workers);
    } catch (RuntimeException | Error e) {
      volume.close();
      throw e;
    }
  }

  @Override
  public void startPass(boolean measured) throws IOException {
    long all = measured ? settings.fileBytes() : Math.min(WARMUP_BYTES, settings.fileBytes());
    long bytes = all / logCount / SEGMENTS / SegmentWriter.WRITE_BYTES * SegmentWriter.WRITE_BYTES;
    if (bytes < 2 * SegmentWriter.WRITE_BYTES) {
      throw new IllegalArgumentException(
          "segments of SEG-ROLL of " + bytes + " bytes: must have room for two writes");
    }
    long trial = Seeds.derive(settings.trial(), passes++);
    List<SegmentLog> logs = new ArrayList<>();
    for (int i = 0; i < logCount; i++) {
      logs.add(new SegmentLog(volume, creation, SEGMENTS, bytes, Seeds.derive(trial, i)));
    }
    SegmentPipeline pipeline = new SegmentPipeline(logCount, SEGMENTS);
    List<SegmentWriter> writers = new ArrayList<>();
    for (int i = 0; i < logCount; i++) {
      MemorySegment buffer = volume.volume().allocateBuffer(SegmentWriter.WRITE_BYTES);
      writers.add(new SegmentWriter(logs.get(i), i, pipeline, buffer));
    }
    SegmentMaker maker = new SegmentMaker(logs, pipeline, between, during);
    pass = new Pass(logs, writers, maker, extents(logs));
    during.reset();
    between.start();
  }

  @Override
  public void work(int index) throws IOException {
    Pass current = Objects.requireNonNull(pass);
    if (index == logCount) {
      current.maker().run();
    } else {
      current.writers().get(index).run();
    }
  }

  @Override
  public Map<String, RoundResult> endPass(boolean measured) throws IOException {
    between.stop();
    Pass done = Objects.requireNonNull(pass);
    pass = null;
    Map<String, RoundResult> results = measured ? check(done) : Map.of();
    for (SegmentLog log : done.logs()) {
      for (StampedFile file : log.files()) {
        volume.volume().unlink(file.file().inodeNumber());
      }
    }
    return results;
  }

  private Map<String, RoundResult> check(Pass done) throws IOException {
    PhaseRecorder writesBetween = new PhaseRecorder();
    PhaseRecorder writesDuring = new PhaseRecorder();
    PhaseRecorder rolls = new PhaseRecorder();
    for (SegmentWriter writer : done.writers()) {
      writesBetween.add(writer.between());
      writesDuring.add(writer.during());
      rolls.add(writer.rolls());
    }
    PhaseRecorder creations = done.maker().recorder();
    requireWork(done.logs(), writesBetween.bytes() + writesDuring.bytes(), creations.operations());
    volume.reopen();
    long extents = 0;
    long checked = 0;
    MemorySegment buffer = volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES);
    for (SegmentLog log : done.logs()) {
      checked +=
          log.check(
              buffer, settings.verifyBytes() / done.logs().size() / SEGMENTS, settings.seed());
      extents += extentsAfter(log);
    }
    PartResults results =
        new PartResults(
            settings, Workload.SEG_ROLL, between, done.extentsBefore(), extents, checked);
    results.add("between creations", writesBetween, between);
    results.add("in creation", writesDuring, during);
    results.add("roll", rolls, Meter.ofCalls(volume, rolls));
    results.add("creation", creations, Meter.ofCalls(volume, creations));
    return results.all();
  }

  private void requireWork(List<SegmentLog> logs, long written, long creations) {
    long expected = (long) logs.size() * SEGMENTS * logs.getFirst().segmentBytes();
    if (written != expected) {
      throw new AssertionError(written + " bytes were written of logs of " + expected);
    }
    if (creations != logs.size() * (SEGMENTS - 1L)) {
      throw new AssertionError(creations + " segments were made for " + logs.size() + " logs");
    }
    long device = between.writtenBytes() + during.writtenBytes();
    if (device < expected) {
      throw new AssertionError("the device took " + device + " bytes of " + expected);
    }
  }

  private long extentsAfter(SegmentLog log) throws IOException {
    long extents = 0;
    for (StampedFile file : log.files()) {
      extents += volume.volume().open(file.file().inodeNumber()).extents().extents();
    }
    return extents;
  }

  private static long extents(List<SegmentLog> logs) throws IOException {
    long extents = 0;
    for (SegmentLog log : logs) {
      for (StampedFile file : log.files()) {
        extents += file.file().extents().extents();
      }
    }
    return extents;
  }

  @Override
  public void close() throws IOException {
    volume.close();
  }
}
