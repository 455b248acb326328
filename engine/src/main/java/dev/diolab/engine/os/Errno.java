package dev.diolab.engine.os;

/** Error numbers that diolab tells apart, and the names of all. Values are those of Linux. */
public final class Errno {
  /** Operation not permitted. */
  public static final int EPERM = 1;

  /** No such file or directory. */
  public static final int ENOENT = 2;

  /** Interrupted by a signal. */
  public static final int EINTR = 4;

  /** Input or output error of the device. */
  public static final int EIO = 5;

  /** Bad file descriptor; here: the file was closed. */
  public static final int EBADF = 9;

  /** Another process holds the lock (also EWOULDBLOCK). */
  public static final int EAGAIN = 11;

  /** Not enough memory, or not enough that may be locked. */
  public static final int ENOMEM = 12;

  /** Permission denied. */
  public static final int EACCES = 13;

  /** The device is mounted or claimed. */
  public static final int EBUSY = 16;

  /** The file exists. */
  public static final int EEXIST = 17;

  /** A part of the path is not a directory. */
  public static final int ENOTDIR = 20;

  /** The path is a directory. */
  public static final int EISDIR = 21;

  /** Invalid argument; from open: the file system has no O_DIRECT. */
  public static final int EINVAL = 22;

  /** The system has too many open files. */
  public static final int ENFILE = 23;

  /** The process has too many open files. */
  public static final int EMFILE = 24;

  /** The file would be larger than the file system or the process limit allows. */
  public static final int EFBIG = 27;

  /** No space left. */
  public static final int ENOSPC = 28;

  /** The file system is mounted read-only. */
  public static final int EROFS = 30;

  /** The kernel does not know this system call. */
  public static final int ENOSYS = 38;

  /** The file system does not know this operation. */
  public static final int EOPNOTSUPP = 95;

  /** The quota is used up. */
  public static final int EDQUOT = 122;

  private Errno() {}

  /** The symbol of an error number, such as {@code ENOSPC}; {@code E?} for one without a name. */
  public static String name(int errno) {
    return Libc.strerrorname(errno);
  }

  /** What the C library says of an error number, in the language of the process. */
  public static String message(int errno) {
    return Libc.strerror(errno);
  }
}
