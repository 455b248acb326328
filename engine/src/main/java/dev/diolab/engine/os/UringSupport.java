package dev.diolab.engine.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes rings, and tells whether this process may, and if not, why not. */
final class UringSupport {
  private static final Path SYSCTL = Path.of("/proc/sys/kernel/io_uring_disabled");

  /** Newest first; a kernel that does not know one says EINVAL. */
  private static final int[] SETUP_FLAGS = {
    UringLayout.SETUP_SUBMIT_ALL | UringLayout.SETUP_COOP_TASKRUN | UringLayout.SETUP_TASKRUN_FLAG,
    UringLayout.SETUP_SUBMIT_ALL,
    0
  };

  /** Completions are made when their one thread waits for them. */
  private static final int ONE_THREAD_FLAGS =
      UringLayout.SETUP_SUBMIT_ALL
          | UringLayout.SETUP_SINGLE_ISSUER
          | UringLayout.SETUP_DEFER_TASKRUN
          | UringLayout.SETUP_TASKRUN_FLAG;

  private UringSupport() {}

  /** Makes a ring with the newest flags that the kernel knows; its descriptor, or minus errno. */
  static int setup(int entries, MemorySegment params) {
    int result = -Errno.EINVAL;
    for (int i = 0; i < SETUP_FLAGS.length && result == -Errno.EINVAL; i++) {
      result = setup(entries, params, SETUP_FLAGS[i]);
    }
    return result;
  }

  /** The same for a ring that only the calling thread will use, if the kernel knows such rings. */
  static int setupForOneThread(int entries, MemorySegment params) {
    int result = setup(entries, params, ONE_THREAD_FLAGS);
    return result == -Errno.EINVAL ? setup(entries, params) : result;
  }

  private static int setup(int entries, MemorySegment params, int flags) {
    params.fill((byte) 0);
    params.set(JAVA_INT, UringLayout.PARAMS_FLAGS, flags);
    return Libc.ioUringSetup(entries, params.address());
  }

  /** What is told of a ring that could not be made. */
  static OsException refused(Path path, int errno) {
    return OsException.of("io_uring_setup", path, errno, reason(errno, sysctl()));
  }

  /** Why a ring cannot be made now, in a sentence; null when it can. */
  static @Nullable String unavailableBecause() {
    try {
      Platform.requireSupported();
    } catch (UnsupportedOperationException e) {
      return "this is not Linux on x86-64 or arm64";
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = arena.allocate(UringLayout.PARAMS_BYTES, Long.BYTES);
      int fd = setup(1, params);
      if (fd < 0) {
        return reason(-fd, sysctl());
      }
      Libc.close(fd);
      return isOld(params.get(JAVA_INT, UringLayout.PARAMS_FEATURES))
          ? "this kernel's io_uring is too old: Linux 5.6 or newer is needed"
          : null;
    }
  }

  /** Whether the kernel lacks what {@link Uring} needs. */
  static boolean isOld(int features) {
    int needed = UringLayout.FEAT_SINGLE_MMAP | UringLayout.FEAT_RW_CUR_POS;
    return (features & needed) != needed;
  }

  /**
   * What an error of io_uring_setup means.
   *
   * @param sysctl the value of kernel.io_uring_disabled; empty before Linux 6.6
   */
  static String reason(int errno, String sysctl) {
    return switch (errno) {
      case Errno.ENOSYS ->
          "the kernel has no io_uring (Linux 5.6 or newer is needed), or a seccomp filter hides it";
      case Errno.EPERM ->
          switch (sysctl) {
            case "2" -> "io_uring is switched off (sysctl kernel.io_uring_disabled=2)";
            case "1" ->
                "io_uring is for members of sysctl kernel.io_uring_group only (sysctl"
                    + " kernel.io_uring_disabled=1)";
            default ->
                "a seccomp filter forbids io_uring, as the default ones of containers do (docker:"
                    + " --security-opt seccomp=FILE)";
          };
      case Errno.ENOMEM ->
          "memory for a ring is missing, or the limit of locked memory is too low (ulimit -l)";
      case Errno.EMFILE ->
          "this process has too many open files: raise the limit (ulimit -n), or open fewer contexts";
      case Errno.ENFILE ->
          "the system has too many open files: raise the limit (sysctl fs.file-max)";
      default -> "io_uring_setup fails: " + Errno.name(errno) + " (" + Errno.message(errno) + ")";
    };
  }

  private static String sysctl() {
    try {
      return Files.readString(SYSCTL).strip();
    } catch (IOException e) {
      return "";
    }
  }
}
