package dev.diolab.engine.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The C library's functions that this package uses, bound one to one.
 *
 * <p>Each returns what the function returned or, on failure, the negated error number, as the
 * kernel itself does. Nothing is retried here. Buffers of the transfers are raw addresses, so that
 * a call makes no segment: whoever calls keeps that memory alive and large enough.
 *
 * <p>Thread safety: all methods, from any thread; errno is captured in the thread's own {@link
 * CallScratch}.
 */
final class Libc {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");

  private static final MethodHandle OPEN =
      bind(
          "open",
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
          ERRNO,
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle CLOSE =
      bind("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), ERRNO);
  private static final MethodHandle PREAD =
      bind(
          "pread",
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          ERRNO);
  private static final MethodHandle PWRITE =
      bind(
          "pwrite",
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG),
          ERRNO);
  private static final MethodHandle PWRITEV2 =
      bind(
          "pwritev2",
          FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_INT),
          ERRNO);
  private static final MethodHandle FSYNC =
      bind("fsync", FunctionDescriptor.of(JAVA_INT, JAVA_INT), ERRNO);
  private static final MethodHandle FDATASYNC =
      bind("fdatasync", FunctionDescriptor.of(JAVA_INT, JAVA_INT), ERRNO);
  private static final MethodHandle FALLOCATE =
      bind(
          "fallocate",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG),
          ERRNO);
  private static final MethodHandle FTRUNCATE =
      bind("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG), ERRNO);
  private static final MethodHandle FLOCK =
      bind("flock", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT), ERRNO);
  private static final MethodHandle STATX =
      bind(
          "statx",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS),
          ERRNO);
  private static final MethodHandle IOCTL =
      bind(
          "ioctl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
          ERRNO,
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle MMAP =
      bind(
          "mmap",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
          ERRNO);
  private static final MethodHandle MUNMAP =
      bind("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG), ERRNO);

  /** syscall(2): a number and six arguments, all of the width of a register. */
  private static final MethodHandle SYSCALL =
      bind(
          "syscall",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG,
              JAVA_LONG),
          ERRNO,
          Linker.Option.firstVariadicArg(1));

  private static final MethodHandle STRERROR =
      bind("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
  private static final MethodHandle STRERRORNAME =
      bind("strerrorname_np", FunctionDescriptor.of(ADDRESS, JAVA_INT));

  // numbers of system calls, the same on x86-64 and arm64
  private static final long IO_URING_SETUP = 425;
  private static final long IO_URING_ENTER = 426;
  private static final long IO_URING_REGISTER = 427;

  /** Longer than any text of strerror. */
  private static final long MAX_TEXT_BYTES = 1024;

  private Libc() {}

  static int open(MemorySegment path, int flags, int mode) {
    CallScratch scratch = CallScratch.current();
    try {
      return result((int) OPEN.invokeExact(scratch.state, path, flags, mode), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int close(int fd) {
    CallScratch scratch = CallScratch.current();
    try {
      return result((int) CLOSE.invokeExact(scratch.state, fd), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static long pread(int fd, long address, long bytes, long offset) {
    CallScratch scratch = CallScratch.current();
    try {
      return result((long) PREAD.invokeExact(scratch.state, fd, address, bytes, offset), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static long pwrite(int fd, long address, long bytes, long offset) {
    CallScratch scratch = CallScratch.current();
    try {
      return result((long) PWRITE.invokeExact(scratch.state, fd, address, bytes, offset), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** pwritev2(2) with an iovec of one element. */
  static long pwritev2(int fd, long address, long bytes, long offset, int flags) {
    CallScratch scratch = CallScratch.current();
    long iovec = scratch.iovec(address, bytes);
    try {
      return result(
          (long) PWRITEV2.invokeExact(scratch.state, fd, iovec, 1, offset, flags), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int fsync(int fd) {
    CallScratch scratch = CallScratch.current();
    try {
      return result((int) FSYNC.invokeExact(scratch.state, fd), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int fdatasync(int fd) {
    CallScratch scratch = CallScratch.current();
    try {
      return result((int) FDATASYNC.invokeExact(scratch.state, fd), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int fallocate(int fd, int mode, long offset, long bytes) {
    CallScratch scratch = CallScratch.current();
    try {
      return result((int) FALLOCATE.invokeExact(scratch.state, fd, mode, offset, bytes), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int ftruncate(int fd, long size) {
    CallScratch scratch = CallScratch.current();
    try {
      return result((int) FTRUNCATE.invokeExact(scratch.state, fd, size), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int flock(int fd, int operation) {
    CallScratch scratch = CallScratch.current();
    try {
      return result((int) FLOCK.invokeExact(scratch.state, fd, operation), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int statx(int dirFd, MemorySegment path, int flags, int mask, MemorySegment out) {
    CallScratch scratch = CallScratch.current();
    try {
      return result((int) STATX.invokeExact(scratch.state, dirFd, path, flags, mask, out), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int ioctl(int fd, long request, MemorySegment argument) {
    CallScratch scratch = CallScratch.current();
    try {
      return result((int) IOCTL.invokeExact(scratch.state, fd, request, argument), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static long mmap(long bytes, int protection, int flags, int fd, long offset) {
    CallScratch scratch = CallScratch.current();
    try {
      return result(
          (long) MMAP.invokeExact(scratch.state, 0L, bytes, protection, flags, fd, offset),
          scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static int munmap(long address, long bytes) {
    CallScratch scratch = CallScratch.current();
    try {
      return result((int) MUNMAP.invokeExact(scratch.state, address, bytes), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  /** io_uring_setup(2); the C library has no function for the calls of io_uring. */
  static int ioUringSetup(int entries, long params) {
    return (int) syscall(IO_URING_SETUP, entries, params, 0, 0, 0);
  }

  /** io_uring_enter(2), without a signal mask. */
  static int ioUringEnter(int fd, int toSubmit, int minComplete, int flags) {
    return (int) syscall(IO_URING_ENTER, fd, toSubmit, minComplete, flags, 0);
  }

  /** io_uring_register(2). */
  static int ioUringRegister(int fd, int opcode, long argument, int count) {
    return (int) syscall(IO_URING_REGISTER, fd, opcode, argument, count, 0);
  }

  private static long syscall(long number, long a, long b, long c, long d, long e) {
    CallScratch scratch = CallScratch.current();
    try {
      return result((long) SYSCALL.invokeExact(scratch.state, number, a, b, c, d, e, 0L), scratch);
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static String strerror(int errno) {
    try {
      return text((MemorySegment) STRERROR.invokeExact(errno), "unknown error");
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  static String strerrorname(int errno) {
    try {
      return text((MemorySegment) STRERRORNAME.invokeExact(errno), "E?");
    } catch (Throwable t) {
      throw unexpected(t);
    }
  }

  private static int result(int returned, CallScratch scratch) {
    return returned == -1 ? -scratch.errno() : returned;
  }

  private static long result(long returned, CallScratch scratch) {
    return returned == -1 ? -scratch.errno() : returned;
  }

  @SuppressWarnings("restricted") // the C library returns a pointer without a size
  private static String text(MemorySegment pointer, String otherwise) {
    return pointer.equals(MemorySegment.NULL)
        ? otherwise
        : pointer.reinterpret(MAX_TEXT_BYTES).getString(0);
  }

  /** A bound handle throws nothing of its own; whatever comes out of one is a bug of ours. */
  private static AssertionError unexpected(Throwable t) {
    return new AssertionError("call of the C library failed to link", t);
  }

  @SuppressWarnings("restricted") // binding native functions is what this package is for
  private static MethodHandle bind(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    MemorySegment symbol =
        LINKER
            .defaultLookup()
            .find(name)
            .orElseThrow(
                () ->
                    new UnsatisfiedLinkError(
                        "the C library has no " + name + ": glibc 2.32 or newer is needed"));
    return LINKER.downcallHandle(symbol, descriptor, options);
  }
}
