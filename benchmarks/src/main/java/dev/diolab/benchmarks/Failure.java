package dev.diolab.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * A failure that the user can understand and mend: its message is one sentence that says what is
 * wrong and what to do, and is printed without a stack trace.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ExitCode exitCode;

  private Failure(ExitCode exitCode, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.exitCode = exitCode;
  }

  /** A wrong argument. */
  public static Failure usage(String message) {
    return new Failure(ExitCode.USAGE, message, null);
  }

  /** A machine, disk or image that is not fit for the run. */
  public static Failure environment(String message) {
    return new Failure(ExitCode.ENVIRONMENT, message, null);
  }

  /** As {@link #environment(String)}, with the exception that told so. */
  public static Failure environment(String message, Throwable cause) {
    return new Failure(ExitCode.ENVIRONMENT, message, cause);
  }

  /** A run that began and cannot be finished. */
  public static Failure run(String message, @Nullable Throwable cause) {
    return new Failure(ExitCode.RUN_FAILED, message, cause);
  }

  /** What the process exits with. */
  public ExitCode exitCode() {
    return exitCode;
  }

  /** The message of {@code t}, or its type when it has none. */
  public static String messageOf(Throwable t) {
    String message = t.getMessage();
    return message == null ? t.getClass().getSimpleName() : message;
  }
}
