package dev.diolab.engine.journal;

import java.io.IOException;

/**
 * The journal stopped after a failed write or flush: what is durable stays so, nothing more will
 * be. The cause is the failure of the device.
 */
public final class JournalAbortedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final Throwable failure;

  JournalAbortedException(Throwable failure) {
    super("journal aborted after a failure: " + failure.getMessage(), failure);
    this.failure = failure;
  }

  /** What stopped the journal; the cause. */
  public Throwable failure() {
    return failure;
  }
}
