package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The foreground of SEG-ROLL: writes one log from front to back, 4 KiB at a time, each write
 * durable before the next one begins.
 *
 * <p>Thread safety: one thread works; others look only after it stopped.
 */
final class SegmentWriter {
  /** Bytes of a write. */
  static final int WRITE_BYTES = Stamp.UNIT_BYTES;

  private final SegmentLog log;
  private final int index;
  private final SegmentPipeline pipeline;
  private final MemorySegment buffer;
  private final DioRequest request;
  private final PhaseRecorder between = new PhaseRecorder();
  private final PhaseRecorder during = new PhaseRecorder();
  private final PhaseRecorder rolls = new PhaseRecorder();

  /** The writer of {@code log}, which is number {@code index} of the pipeline. */
  SegmentWriter(SegmentLog log, int index, SegmentPipeline pipeline, MemorySegment buffer) {
    this.log = log;
    this.index = index;
    this.pipeline = pipeline;
    this.buffer = buffer;
    this.request = new DioRequest(buffer);
  }

  /** Writes all segments. */
  void run() throws IOException {
    boolean complete = false;
    try {
      for (int segment = 0; segment < log.count(); segment++) {
        int epoch = pipeline.epoch();
        long waited = pipeline.awaitSegment(index, segment);
        if (waited == SegmentPipeline.NONE) {
          return;
        }
        write(log.segment(segment), waited, epoch);
      }
      complete = true;
    } finally {
      if (!complete) {
        pipeline.fail();
      }
    }
  }

  /** Writes a segment that took {@code waited} to be there, since when the epoch was another. */
  private void write(StampedFile segment, long waited, int epochBefore) throws IOException {
    int epoch = epochBefore;
    for (long offset = 0; offset < log.segmentBytes(); offset += WRITE_BYTES) {
      segment.stamp(buffer, WRITE_BYTES, offset);
      int moved = segment.file().write(request.prepare(0, offset, WRITE_BYTES, true));
      if (moved != WRITE_BYTES) {
        throw new AssertionError("write at offset " + offset + " moved " + moved + " bytes");
      }
      PhaseRecorder recorder = pipeline.isCreatingSince(epoch) ? during : between;
      recorder.record(request, moved);
      if (offset == 0) {
        rolls.recordWhole(waited + request.totalNanos(), moved);
      }
      epoch = pipeline.epoch();
    }
  }

  /** The writes while no segment was being made. */
  PhaseRecorder between() {
    return between;
  }

  /** The writes during which, at least for a moment, a segment of some log was being made. */
  PhaseRecorder during() {
    return during;
  }

  /** The first write of each segment, with the time that the writer waited for the segment. */
  PhaseRecorder rolls() {
    return rolls;
  }
}
