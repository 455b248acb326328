package dev.diolab.engine.os;

import java.util.Locale;

/** The platforms whose system calls and constants this package knows. */
final class Platform {
  /** Open flag for direct I/O; its value differs between architectures. */
  static final int O_DIRECT = isArm64() ? 0x1_0000 : 0x4000;

  private Platform() {}

  /**
   * Does nothing on Linux on x86-64 or arm64.
   *
   * @throws UnsupportedOperationException on any other platform
   */
  static void requireSupported() {
    if (!System.getProperty("os.name", "").equals("Linux") || !(isX64() || isArm64())) {
      throw new UnsupportedOperationException(
          String.format(
              Locale.ROOT,
              "direct I/O needs Linux on x86-64 or arm64, this is %s on %s",
              System.getProperty("os.name"),
              System.getProperty("os.arch")));
    }
  }

  private static boolean isX64() {
    return System.getProperty("os.arch", "").equals("amd64");
  }

  private static boolean isArm64() {
    return System.getProperty("os.arch", "").equals("aarch64");
  }
}
