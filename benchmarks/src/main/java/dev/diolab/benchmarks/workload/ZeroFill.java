package dev.diolab.benchmarks.workload;

import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.file.DioRequest;
import java.io.IOException;

/**
 * What MySQL does when it extends a file: fallocate, then zeros in direct writes of 1 MiB, then
 * fdatasync (facts on databases, 1.1).
 */
final class ZeroFill {
  private static final int WRITE_BYTES = 1 << 20;

  private ZeroFill() {}

  /** Preallocates and zeroes the range, one thread, and makes it durable. */
  static void fill(WorkVolume volume, DioFile file, long offset, long bytes) throws IOException {
    fill(volume, file, offset, bytes, WRITE_BYTES, false);
  }

  /**
   * The same in other writes.
   *
   * @param writeBytes bytes of a write
   * @param dsync whether each is durable when it returns
   */
  static void fill(
      WorkVolume volume, DioFile file, long offset, long bytes, int writeBytes, boolean dsync)
      throws IOException {
    file.fallocate(offset, bytes, false);
    DioRequest request = new DioRequest(volume.volume().allocateBuffer(writeBytes));
    for (long done = 0; done < bytes; done += writeBytes) {
      int length = (int) Math.min(writeBytes, bytes - done);
      int moved = file.write(request.prepare(0, offset + done, length, dsync));
      if (moved != length) {
        throw new AssertionError("zero-fill moved " + moved + " of " + length + " bytes");
      }
    }
    file.fdatasync();
  }
}
