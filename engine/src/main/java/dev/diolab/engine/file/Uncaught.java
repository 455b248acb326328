package dev.diolab.engine.file;

/** What becomes of a failure that no request and no caller can be told of. */
final class Uncaught {
  private Uncaught() {}

  /** Gives {@code failure} to the handler of the calling thread, which goes on. */
  static void tell(Throwable failure) {
    Thread current = Thread.currentThread();
    current.getUncaughtExceptionHandler().uncaughtException(current, failure);
  }
}
