package dev.diolab.benchmarks.verify.kill;

import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import dev.diolab.engine.format.Poison;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * Reads a whole file and judges every unit, knowing which bench wrote it but not how far it came.
 *
 * <p>Thread safety: none.
 */
final class ContentScan {
  /** Bytes read at a time. */
  static final int WINDOW_BYTES = 1 << 20;

  private static final long UNKNOWN = -1;

  private final MemorySegment buffer;
  private final DioRequest request;
  private final long trial;
  private final boolean oneVersion;

  private long zero;
  private long whole;
  private long torn;
  private long wrong;
  private long fileVersion = UNKNOWN;
  private @Nullable String firstProblem;

  /**
   * A scan of files of the bench with the mark {@code trial}.
   *
   * @param buffer takes {@link #WINDOW_BYTES} from the device
   * @param oneVersion whether every unit of a file is written once, so that all stamps of a file
   *     have the same version
   */
  ContentScan(MemorySegment buffer, long trial, boolean oneVersion) {
    this.buffer = buffer;
    this.request = new DioRequest(buffer);
    this.trial = trial;
    this.oneVersion = oneVersion;
  }

  /** Judges all units of {@code file}, whose size is a multiple of them. */
  Contents scan(DioFile file) throws IOException {
    zero = 0;
    whole = 0;
    torn = 0;
    wrong = 0;
    fileVersion = UNKNOWN;
    firstProblem = null;
    if (file.size() % Stamp.UNIT_BYTES != 0) {
      problem(
          file, 0, "the size of %d bytes is not a whole number of units".formatted(file.size()));
      wrong++;
    }
    long end = file.size() / Stamp.UNIT_BYTES * Stamp.UNIT_BYTES;
    for (long start = 0; start < end; start += WINDOW_BYTES) {
      int bytes = (int) Math.min(WINDOW_BYTES, end - start);
      int read = file.read(request.prepare(0, start, bytes, false));
      if (read != bytes) {
        throw new IOException(
            "inode %d: a read of %d bytes at offset %d gave %d"
                .formatted(file.inodeNumber(), bytes, start, read));
      }
      for (int at = 0; at < bytes; at += Stamp.UNIT_BYTES) {
        judge(file, at, (start + at) / Stamp.UNIT_BYTES);
      }
    }
    return new Contents(zero, whole, torn, wrong, firstProblem);
  }

  private void judge(DioFile file, int at, long unit) {
    boolean zeros = true;
    for (int word = 0; word < Stamp.UNIT_BYTES; word += Long.BYTES) {
      if (Poison.isPoison(buffer, (long) at + word)) {
        wrong++;
        problem(file, unit, "poison: stale data that no write of this file put there");
        return;
      }
      zeros &= buffer.get(ValueLayout.JAVA_LONG_UNALIGNED, (long) at + word) == 0;
    }
    if (zeros) {
      zero++;
      return;
    }
    long version = Stamp.versionAt(buffer, at);
    if (Stamp.matches(buffer, at, trial, unit, version)) {
      judgeVersion(file, unit, version);
    } else if (Stamp.isWhole(buffer, at)) {
      wrong++;
      problem(
          file,
          unit,
          "another write's data: found %s, expected trial=%016x unit=%d"
              .formatted(Stamp.describe(buffer, at), trial, unit));
    } else {
      torn++;
      problem(file, unit, "torn: " + Stamp.describe(buffer, at));
    }
  }

  private void judgeVersion(DioFile file, long unit, long version) {
    if (oneVersion && fileVersion != UNKNOWN && version != fileVersion) {
      wrong++;
      problem(
          file,
          unit,
          "another file's data: version %d beside version %d".formatted(version, fileVersion));
      return;
    }
    fileVersion = version;
    whole++;
  }

  private void problem(DioFile file, long unit, String text) {
    if (firstProblem == null) {
      firstProblem =
          "inode %d, offset %d: ".formatted(file.inodeNumber(), unit * Stamp.UNIT_BYTES) + text;
    }
  }
}
