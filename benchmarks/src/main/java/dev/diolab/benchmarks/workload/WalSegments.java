package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.file.ExtentSummary;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** Makes the segments of a log in the state that a variant asks for, and checks them. */
final class WalSegments {
  private static final int WRITE_BYTES = 1 << 20;

  private WalSegments() {}

  /**
   * New files of {@code segmentBytes}, durable as they are.
   *
   * @param trial of the log to come; an older log is marked as another one's
   */
  static List<DioFile> make(
      WorkVolume volume, WalVariant.State state, int count, int segmentBytes, long trial)
      throws IOException {
    List<DioFile> segments = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      DioFile segment = volume.volume().create();
      switch (state) {
        case HOLE -> segment.truncate(segmentBytes);
        case UNWRITTEN_BEYOND_EOF -> segment.fallocate(0, segmentBytes, true);
        case UNWRITTEN -> segment.fallocate(0, segmentBytes, false);
        case ZEROED -> ZeroFill.fill(volume, segment, 0, segmentBytes);
        case RECYCLED -> {
          ZeroFill.fill(volume, segment, 0, segmentBytes);
          writeOlderLog(volume, segment, segmentBytes, Seeds.derive(trial, "older log"));
        }
      }
      segment.fsync();
      requireState(volume, segment, state, segmentBytes);
      segments.add(segment);
    }
    return segments;
  }

  private static void writeOlderLog(WorkVolume volume, DioFile segment, int bytes, long trial)
      throws IOException {
    MemorySegment buffer = volume.volume().allocateBuffer(WRITE_BYTES);
    DioRequest request = new DioRequest(buffer);
    for (int done = 0; done < bytes; done += WRITE_BYTES) {
      int length = Math.min(WRITE_BYTES, bytes - done);
      Stamp.write(buffer, 0, length, trial, done / Stamp.UNIT_BYTES, 1);
      int moved = segment.write(request.prepare(0, done, length, false));
      if (moved != length) {
        throw new AssertionError("older log moved " + moved + " of " + length + " bytes");
      }
    }
  }

  private static void requireState(
      WorkVolume volume, DioFile segment, WalVariant.State state, int bytes) throws IOException {
    ExtentSummary extents = segment.extents();
    long blocks = bytes / volume.blockBytes();
    long written =
        switch (state) {
          case HOLE, UNWRITTEN_BEYOND_EOF, UNWRITTEN -> 0;
          case ZEROED, RECYCLED -> blocks;
        };
    long unwritten =
        switch (state) {
          case HOLE, ZEROED, RECYCLED -> 0;
          case UNWRITTEN_BEYOND_EOF, UNWRITTEN -> blocks;
        };
    long size = state == WalVariant.State.UNWRITTEN_BEYOND_EOF ? 0 : bytes;
    if (segment.size() != size
        || extents.writtenBlocks() != written
        || extents.unwrittenBlocks() != unwritten) {
      throw new AssertionError(
          "a segment is not " + state + ": size=" + segment.size() + ", " + extents);
    }
  }

  /**
   * Opens the segments again and requires that what was appended to them is written, and that they
   * hold what was written last.
   *
   * @param state what they were before
   * @param limitBytes as many are read back, at most
   * @return bytes that were read back
   */
  static long check(
      WorkVolume volume,
      WalVariant.State state,
      WalLog log,
      List<DioFile> segments,
      long limitBytes,
      long seed)
      throws IOException {
    MemorySegment buffer = volume.volume().allocateBuffer(ContentCheck.WINDOW_BYTES);
    long bytes = (long) log.pages() / segments.size() * WalLog.PAGE_BYTES;
    long checked = 0;
    for (int i = 0; i < segments.size(); i++) {
      DioFile segment = volume.volume().open(segments.get(i).inodeNumber());
      requireWritten(
          volume, segment, state, bytes, (long) log.appendedPages(i) * WalLog.PAGE_BYTES);
      checked +=
          new ContentCheck(segment, buffer, log.trialOf(i))
              .check(log.expectation(i), limitBytes / segments.size(), seed);
    }
    return checked;
  }

  private static void requireWritten(
      WorkVolume volume, DioFile segment, WalVariant.State state, long bytes, long appended)
      throws IOException {
    long size = state == WalVariant.State.UNWRITTEN_BEYOND_EOF ? appended : bytes;
    ExtentSummary extents = segment.extents();
    long blocks = appended / volume.blockBytes();
    boolean written =
        appended == bytes
            ? extents.writtenBlocks() == blocks && extents.unwrittenBlocks() == 0
            : extents.writtenBlocks() >= blocks;
    if (segment.size() != size || !written) {
      throw new AssertionError(
          "a segment to which %d of %d bytes were appended is not written so far: size=%d, %s"
              .formatted(appended, bytes, segment.size(), extents));
    }
  }
}
