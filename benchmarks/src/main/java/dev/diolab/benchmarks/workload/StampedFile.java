package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.ContentCheck;
import dev.diolab.benchmarks.content.Stamp;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ExtentSummary;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * A test file that remembers how often each of its units was written.
 *
 * <p>Thread safety: any threads, as long as no two of them stamp the same unit at once; {@link
 * #check} after all of them stopped.
 */
final class StampedFile {
  private final DioFile file;
  private final long trial;
  private final int[] versions;

  /**
   * An account of {@code file}, to which nothing was written yet.
   *
   * @param bytes the most that will be written, whole units
   * @param trial marks what is written to this file, and to no other one
   */
  StampedFile(DioFile file, long bytes, long trial) {
    this.file = file;
    this.trial = trial;
    this.versions = new int[Math.toIntExact(bytes / Stamp.UNIT_BYTES)];
  }

  DioFile file() {
    return file;
  }

  /** Marks the start of {@code buffer} as what will be written next at {@code offset}. */
  void stamp(MemorySegment buffer, int bytes, long offset) {
    int unit = Math.toIntExact(offset / Stamp.UNIT_BYTES);
    for (int at = 0; at < bytes; at += Stamp.UNIT_BYTES) {
      Stamp.write(buffer, at, Stamp.UNIT_BYTES, trial, unit, ++versions[unit]);
      unit++;
    }
  }

  /**
   * Looks at what a read at {@code offset} brought, also while others write there.
   *
   * @throws AssertionError when a unit is neither zero nor of its place in this file
   */
  void requireOwn(MemorySegment buffer, int bytes, long offset) {
    for (int at = 0; at < bytes; at += Stamp.UNIT_BYTES) {
      long unit = (offset + at) / Stamp.UNIT_BYTES;
      if (!Stamp.isOfPlaceOrZero(buffer, at, trial, unit)) {
        throw new AssertionError(
            String.format(
                Locale.ROOT,
                "a read found wrong content at offset %d: never written there in trial %016x: %s",
                offset + at,
                trial,
                Stamp.describe(buffer, at)));
      }
    }
  }

  /**
   * Looks at what a read at {@code offset} brought while nobody writes there.
   *
   * @throws AssertionError when a unit is not what was written last
   */
  void requireLast(MemorySegment buffer, int bytes, long offset) {
    for (int at = 0; at < bytes; at += Stamp.UNIT_BYTES) {
      int unit = Math.toIntExact((offset + at) / Stamp.UNIT_BYTES);
      if (!Stamp.matches(buffer, at, trial, unit, versions[unit])) {
        throw new AssertionError(
            String.format(
                Locale.ROOT,
                "a read found wrong content at offset %d: expected version %d of trial %016x: %s",
                offset + at,
                versions[unit],
                trial,
                Stamp.describe(buffer, at)));
      }
    }
  }

  /**
   * Opens the file again and requires that it has {@code size} bytes, all of them written, no block
   * behind them, and that it holds what was written last.
   *
   * @param buffer takes {@link ContentCheck#WINDOW_BYTES}
   * @param limitBytes as many are read back, at most
   * @return bytes that were read back
   */
  long check(WorkVolume volume, MemorySegment buffer, long size, long limitBytes, long seed)
      throws IOException {
    DioFile reopened = volume.volume().open(file.inodeNumber());
    ExtentSummary extents = reopened.extents();
    if (reopened.size() != size
        || extents.unwrittenBlocks() != 0
        || extents.writtenBlocks() != size / volume.blockBytes()) {
      throw new AssertionError(
          "a file of "
              + size
              + " bytes is not all written: size="
              + reopened.size()
              + ", "
              + extents);
    }
    return new ContentCheck(reopened, buffer, trial)
        .check(unit -> versions[Math.toIntExact(unit)], limitBytes, seed);
  }
}
