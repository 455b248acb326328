package dev.diolab.benchmarks.verify.fsx;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An empty file that is going to be exercised, and what carries it. */
interface Subject {

  /** A way to the file for one more thread. */
  Session session() throws IOException;

  /**
   * Ends the exercise: unmounts, checks the image, and mounts it again. Sessions of before are no
   * longer used.
   *
   * @return what the check found, or null
   */
  @Nullable String remount() throws IOException;

  /** Ends all; nobody uses the file any more. */
  void close() throws IOException;

  /** Makes subjects that are all alike. */
  interface Factory {
    /** A new one; writes take their bytes from {@code contents}. */
    Subject create(Contents contents, Settings settings) throws IOException;
  }
}
