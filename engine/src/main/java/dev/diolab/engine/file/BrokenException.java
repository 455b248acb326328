package dev.diolab.engine.file;

import java.io.IOException;

/**
 * Not the world but the engine, a strategy or a policy failed, in a thread that is not the one to
 * be told. It is carried as the outcome of the request, or of the file, and {@link #told} there:
 * somebody waits for that outcome, and perhaps for what the request holds.
 */
final class BrokenException extends IOException {
  private static final long serialVersionUID = 1;

  private BrokenException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Carries {@code cause}, which met {@code what}. */
  static BrokenException of(String what, Throwable cause) {
    return new BrokenException(what + " broke: " + cause, cause);
  }

  /** What is thrown to whoever asks. */
  AssertionError told() {
    return new AssertionError(getMessage(), getCause());
  }
}
