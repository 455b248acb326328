package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.record.PhaseRecorder;
import java.io.IOException;
import java.util.List;

/**
 * The background of SEG-ROLL: makes the next segment of each log, one after the other.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class SegmentMaker {
  private final List<SegmentLog> logs;
  private final SegmentPipeline pipeline;
  private final Meter between;
  private final Meter during;
  private final PhaseRecorder recorder = new PhaseRecorder();

  /**
   * The maker for {@code logs}.
   *
   * @param between runs; is paused while a segment is being made
   * @param during is paused; runs while a segment is being made
   */
  SegmentMaker(List<SegmentLog> logs, SegmentPipeline pipeline, Meter between, Meter during) {
    this.logs = List.copyOf(logs);
    this.pipeline = pipeline;
    this.between = between;
    this.during = during;
  }

  /** Makes segments until all logs have all of theirs. */
  void run() throws IOException {
    boolean complete = false;
    try {
      int log = pipeline.awaitWish();
      while (log != SegmentPipeline.NONE) {
        make(logs.get(log));
        pipeline.made(log);
        log = pipeline.awaitWish();
      }
      complete = true;
    } finally {
      if (!complete) {
        pipeline.fail();
      }
    }
  }

  private void make(SegmentLog log) throws IOException {
    between.switchTo(during);
    long start = System.nanoTime();
    log.makeNext();
    recorder.recordWhole(System.nanoTime() - start, Math.toIntExact(log.segmentBytes()));
    during.switchTo(between);
  }

  /** How long each segment took. */
  PhaseRecorder recorder() {
    return recorder;
  }
}
