package dev.diolab.engine.journal;

import java.io.IOException;

/**
 * Where a commit puts the blocks of a transaction: {@link LogCommit} into the log, {@link
 * HomeCommit} to where they belong.
 *
 * <p>Thread safety: all methods and all state belong to the [commit role].
 */
interface CommitTarget {
  /** Copies the blocks of {@code transaction}, which is locked and has no open handle. */
  void copy(Transaction transaction);

  /**
   * Makes what was copied durable, and with it all writes of the device that returned before the
   * call; the next transaction runs meanwhile.
   *
   * @throws JournalAbortedException also when the journal was aborted before the flush began: a
   *     flush that failed elsewhere may have dropped writes that this one would vouch for
   */
  void write(Transaction transaction) throws IOException;

  /** Does what can wait until everybody who waits for the transaction has been woken. */
  void tidyUp() throws IOException;

  /** Brings everything home; no transaction holds a block, and none will follow. */
  void finish() throws IOException;
}
