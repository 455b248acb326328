package dev.diolab.engine.os;

/** Flags of open(2); combine them with {@code |}. Values are those of Linux. */
public final class OpenFlags {
  /** Reading only. */
  public static final int O_RDONLY = 0;

  /** Reading and writing. */
  public static final int O_RDWR = 0x2;

  /** Create the file when it is missing. */
  public static final int O_CREAT = 0x40;

  /**
   * With {@link #O_CREAT}: fail when the file exists. Without it, on a block device: fail when the
   * device is mounted or otherwise claimed by the kernel.
   */
  public static final int O_EXCL = 0x80;

  /** Transfers go past the page cache. */
  public static final int O_DIRECT = Platform.O_DIRECT;

  /** Started programs do not inherit the descriptor. */
  public static final int O_CLOEXEC = 0x8_0000;

  private OpenFlags() {}
}
