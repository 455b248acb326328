package dev.diolab.benchmarks.verify.fsx;

import java.io.IOException;

/**
 * One thread's way to the file.
 *
 * <p>Thread safety: none; one for each thread.
 */
interface Session {

  /**
   * Does {@code op}; a write takes its bytes from {@code place} on in the {@link Contents}.
   *
   * @return bytes read or written; 0 for what does neither
   * @throws IOException when the engine says so, in a mapping also where the file has no page
   */
  int perform(Op op, int place) throws IOException;

  /** What the last read read, from index 0 on. */
  byte[] data();

  /** Size of the file in bytes. */
  long size();
}
