package dev.diolab.benchmarks.workload;

import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ExtentSummary;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A file of SCAN+PUNCH: the first half written, the rest unwritten, i_size over all of it. The last
 * eighth is what is truncated and grown again; writers stay out of it.
 *
 * <p>Thread safety: as {@link DioFile}; scans are announced by one thread.
 */
final class ScanFile {
  /** Bytes of a page of the database. */
  static final int PAGE_BYTES = 16 << 10;

  /** Length of a file: a multiple of this, so that its parts are whole MiB. */
  static final long UNIT_BYTES = 8L << 20;

  private final DioFile file;
  private final long bytes;

  /** Scans begun and scans ended: odd while the file is being scanned. */
  private final AtomicInteger scanEpoch = new AtomicInteger();

  private ScanFile(DioFile file, long bytes) {
    this.file = file;
    this.bytes = bytes;
  }

  /** A new file of {@code bytes}. */
  static ScanFile create(WorkVolume volume, long bytes) throws IOException {
    if (bytes % UNIT_BYTES != 0 || bytes == 0) {
      throw new IllegalArgumentException(
          "a file of SCAN+PUNCH of " + bytes + " bytes: must be a multiple of " + UNIT_BYTES);
    }
    DioFile file = volume.volume().create();
    ZeroFill.fill(volume, file, 0, bytes / 2);
    file.fallocate(bytes / 2, bytes / 2, false);
    file.fdatasync();
    ScanFile made = new ScanFile(file, bytes);
    ExtentSummary extents = file.extents();
    long half = bytes / 2 / volume.blockBytes();
    if (file.size() != bytes
        || extents.writtenBlocks() != half
        || extents.unwrittenBlocks() != half) {
      throw new AssertionError("not half written, half unwritten: " + extents);
    }
    return made;
  }

  DioFile file() {
    return file;
  }

  long bytes() {
    return bytes;
  }

  /** Pages before this one are written when a pass begins. */
  static int writtenPages(long bytes) {
    return Math.toIntExact(bytes / 2 / PAGE_BYTES);
  }

  /** Pages before this one belong to the writers. */
  static int dataPages(long bytes) {
    return Math.toIntExact(tailStart(bytes) / PAGE_BYTES);
  }

  /** Where the part begins that is truncated and grown again. */
  static long tailStart(long bytes) {
    return bytes / 8 * 7;
  }

  /** A scan of this file begins. */
  void scanBegins() {
    scanEpoch.incrementAndGet();
  }

  /** The scan of this file is over. */
  void scanEnds() {
    scanEpoch.incrementAndGet();
  }

  /** To be taken when an operation begins, for {@link #wasScannedSince}. */
  int scanEpoch() {
    return scanEpoch.get();
  }

  /** Whether the file has been scanned, at least for a moment, since {@code epoch} was taken. */
  boolean wasScannedSince(int epoch) {
    return epoch % 2 == 1 || scanEpoch.get() != epoch;
  }
}
