package dev.diolab.benchmarks.workload;

import java.io.IOException;

/**
 * A table of an LSM tree (facts on databases, 1.4): preallocated with KEEP_SIZE, written from front
 * to back in whole MiB, cut off at the end of its data.
 *
 * <p>Thread safety: one thread at a time.
 *
 * @param stamped the file
 * @param bytes where its data ends
 */
record LsmTable(StampedFile stamped, long bytes) {

  /**
   * A new file with unwritten blocks and no bytes.
   *
   * @param allocated bytes to preallocate, whole MiB
   * @param bytes bytes that it will have
   * @param trial marks what is written to it
   */
  static LsmTable create(WorkVolume volume, long allocated, long bytes, long trial)
      throws IOException {
    StampedFile file = new StampedFile(volume.volume().create(), allocated, trial);
    file.file().fallocate(0, allocated, true);
    return new LsmTable(file, bytes);
  }

  /** Cuts the file off at the end of its data, frees the rest, and makes it durable. */
  void finish(long allocated) throws IOException {
    stamped.file().truncate(bytes);
    stamped.file().punchHole(bytes, allocated - bytes);
    stamped.file().fsync();
  }

  int inodeNumber() {
    return stamped.file().inodeNumber();
  }
}
