package dev.diolab.engine.device;

import dev.diolab.engine.os.Errno;
import dev.diolab.engine.os.OsException;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A path that cannot serve as a device, why, and what to do about it. Nothing was changed there.
 */
public final class UnusableDeviceException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Why a path cannot serve. */
  public enum Reason {
    MISSING("there is no such file or directory"),
    EXISTS("it exists already; open it, or choose another path"),
    WRONG_KIND("it is neither a regular file nor a block device"),
    WRONG_SIZE("its size does not fit, it may be truncated"),
    NO_DIRECT_IO(
        "its file system has no direct I/O (O_DIRECT); choose a path on ext4 or XFS, or a block"
            + " device"),
    READ_ONLY("its file system is mounted read-only; choose another path"),
    NO_PERMISSION("this user may not write it; change its permissions or choose another path"),
    IN_USE("it is mounted or used by another run; wait for that to end or choose another path"),
    NO_IO_URING("io_uring cannot be used here; use the device with threads instead"),
    NO_SPACE("its file system has not enough free space; free some or choose a smaller size");

    private final String sentence;

    Reason(String sentence) {
      this.sentence = sentence;
    }
  }

  private final Reason reason;

  UnusableDeviceException(Path path, Reason reason) {
    super(message(path, reason));
    this.reason = reason;
  }

  UnusableDeviceException(Path path, Reason reason, String detail) {
    super(message(path, reason) + " (" + detail + ")");
    this.reason = reason;
  }

  private UnusableDeviceException(Path path, Reason reason, OsException cause) {
    super(
        message(path, reason) + " (" + cause.call() + ": " + Errno.name(cause.errno()) + ")",
        cause);
    this.reason = reason;
  }

  /** Why the path cannot serve. */
  public Reason reason() {
    return reason;
  }

  /**
   * The failure to reach {@code path}, told by its reason; {@code failure} itself if it has none.
   */
  static IOException of(Path path, OsException failure) {
    return switch (failure.errno()) {
      case Errno.ENOENT, Errno.ENOTDIR -> of(path, Reason.MISSING, failure);
      case Errno.EEXIST -> of(path, Reason.EXISTS, failure);
      case Errno.EISDIR -> of(path, Reason.WRONG_KIND, failure);
      case Errno.EINVAL ->
          failure.call().equals("open") ? of(path, Reason.NO_DIRECT_IO, failure) : failure;
      case Errno.EROFS -> of(path, Reason.READ_ONLY, failure);
      case Errno.EACCES, Errno.EPERM -> of(path, Reason.NO_PERMISSION, failure);
      case Errno.EBUSY -> of(path, Reason.IN_USE, failure);
      case Errno.ENOSPC, Errno.EDQUOT, Errno.EFBIG -> of(path, Reason.NO_SPACE, failure);
      default -> failure;
    };
  }

  private static UnusableDeviceException of(Path path, Reason reason, OsException cause) {
    return new UnusableDeviceException(path, reason, cause);
  }

  private static String message(Path path, Reason reason) {
    return "cannot use " + path + ": " + reason.sentence;
  }
}
