package dev.diolab.benchmarks.verify.fsx;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

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

  /**
   * Submits {@code op}, a direct read or write, and waits while more than a number of operations
   * are in flight. What is submitted is over in this call or in a later one.
   */
  default void submit(Op op, int place, Completion over) throws IOException {
    over.over(data(), perform(op, place), null);
  }

  /** Waits until nothing is in flight; from then on another thread may use the session. */
  default void await() throws IOException {}

  /** Is told that an operation is over, in the thread of the session. */
  interface Completion {
    /**
     * The operation is over.
     *
     * @param data what a read read, from index 0 on
     * @param count bytes read or written
     * @param failure why it went wrong, null when it did not
     */
    void over(byte[] data, int count, @Nullable Throwable failure);
  }

  /** What the last read read, from index 0 on. */
  byte[] data();

  /** Size of the file in bytes. */
  long size();
}
