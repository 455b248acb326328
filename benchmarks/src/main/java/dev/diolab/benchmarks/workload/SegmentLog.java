package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.content.Seeds;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments of one log of SEG-ROLL. Where they are recycled there are two files, which take
 * turns.
 *
 * <p>Thread safety: one thread makes the next segment while another one writes those that were made
 * before; that one knows from the {@link SegmentPipeline} that they are there.
 */
final class SegmentLog {
  private final WorkVolume volume;
  private final SegmentCreation creation;
  private final long segmentBytes;
  private final long trial;

  /** The spare file of a log whose segments are recycled. */
  private final @Nullable StampedFile spare;

  /** By segment; the same file more than once where it is recycled. [who makes, then who writes] */
  private final StampedFile[] segments;

  /** Segments that were made. [who makes] */
  private int made;

  /** A log of {@code count} segments, whose first one is there. */
  SegmentLog(WorkVolume volume, SegmentCreation creation, int count, long segmentBytes, long trial)
      throws IOException {
    this.volume = volume;
    this.creation = creation;
    this.segmentBytes = segmentBytes;
    this.trial = trial;
    this.segments = new StampedFile[count];
    this.spare = creation == SegmentCreation.RECYCLE ? newFile(count) : null;
    segments[0] = newFile(0);
    made = 1;
  }

  private StampedFile newFile(int number) throws IOException {
    return new StampedFile(
        creation.make(volume, segmentBytes), segmentBytes, Seeds.derive(trial, number));
  }

  /** Makes the next segment. */
  void makeNext() throws IOException {
    segments[made] = spare == null ? newFile(made) : recycled(spare);
    made++;
  }

  /** There are no directories, so a rename costs nothing; the file is durable as it is. */
  private StampedFile recycled(StampedFile second) throws IOException {
    StampedFile next = made == 1 ? second : segments[made - 2];
    next.file().fsync();
    return next;
  }

  StampedFile segment(int index) {
    return segments[index];
  }

  int count() {
    return segments.length;
  }

  long segmentBytes() {
    return segmentBytes;
  }

  /** All files, each once. */
  List<StampedFile> files() {
    return spare == null ? List.of(Arrays.copyOf(segments, made)) : List.of(segments[0], spare);
  }

  /**
   * Requires that all files are all written and hold what was written last.
   *
   * @param buffer takes {@link ContentCheck#WINDOW_BYTES}
   * @param limitBytes as many of each file are read back, at most
   * @return bytes that were read back
   */
  long check(MemorySegment buffer, long limitBytes, long seed) throws IOException {
    long checked = 0;
    for (StampedFile file : files()) {
      checked += file.check(volume, buffer, segmentBytes, limitBytes, seed);
    }
    return checked;
  }
}
