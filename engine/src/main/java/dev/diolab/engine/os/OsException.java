package dev.diolab.engine.os;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** A system call failed: which one, on what, where, and with which error number. */
public final class OsException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String call;
  private final int errno;

  private OsException(String call, String what, int errno) {
    this(call, what, errno, "");
  }

  private OsException(String call, String what, int errno, String more) {
    super(
        String.format(
            Locale.ROOT,
            "%s failed: %s (%s, errno %d)%s",
            what,
            Errno.name(errno),
            Errno.message(errno),
            errno,
            more));
    this.call = call;
    this.errno = errno;
  }

  /** A failure of {@code call} on {@code path} as a whole. */
  public static OsException of(String call, Path path, int errno) {
    return new OsException(call, call + " of " + path, errno);
  }

  /** The same, with a sentence that says what it means. */
  static OsException of(String call, Path path, int errno, String meaning) {
    return new OsException(call, call + " of " + path, errno, ": " + meaning);
  }

  /** A failure of {@code call} on {@code bytes} bytes of {@code path} from {@code offset} on. */
  public static OsException of(String call, Path path, long offset, long bytes, int errno) {
    return new OsException(
        call,
        String.format(Locale.ROOT, "%s of %d bytes at offset %d of %s", call, bytes, offset, path),
        errno);
  }

  /** The system call, as its man page is named. */
  public String call() {
    return call;
  }

  /** The error number; see {@link Errno}. */
  public int errno() {
    return errno;
  }
}
