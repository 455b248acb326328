package dev.diolab.benchmarks.workload;

import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.ExtentSummary;
import java.io.IOException;

/**
 * The test file of PAGE-OVERWRITE: preallocated, then written once, so that every later write is an
 * overwrite. Since overwrites leave its extents alone, the next fork takes it over as it is.
 */
final class PageFile {
  /** The first file of an empty volume. */
  private static final int INODE = 1;

  private PageFile() {}

  /** The file that an earlier fork made. */
  static DioFile open(WorkVolume volume, long bytes) throws IOException {
    DioFile file = volume.volume().open(INODE);
    requireAllWritten(volume, file, bytes);
    return file;
  }

  /** A new file on an emptied volume. */
  static DioFile create(WorkVolume volume, long bytes) throws IOException {
    DioFile file = volume.volume().create();
    if (file.inodeNumber() != INODE) {
      throw new AssertionError("first inode of an empty volume: " + file.inodeNumber());
    }
    ZeroFill.fill(volume, file, 0, bytes);
    requireAllWritten(volume, file, bytes);
    return file;
  }

  private static void requireAllWritten(WorkVolume volume, DioFile file, long bytes)
      throws IOException {
    ExtentSummary extents = file.extents();
    if (file.size() != bytes
        || extents.unwrittenBlocks() != 0
        || extents.writtenBlocks() != bytes / volume.blockBytes()) {
      throw new AssertionError(
          "the test file is not all written: size="
              + file.size()
              + ", wanted "
              + bytes
              + ", "
              + extents);
    }
  }
}
