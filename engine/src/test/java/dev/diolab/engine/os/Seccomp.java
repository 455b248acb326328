package dev.diolab.engine.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Runs code in a thread whose system calls are filtered, as in a container (seccomp(2)). */
public final class Seccomp {
  /** The same on x86-64 and arm64. */
  public static final int IO_URING_SETUP = 425;

  /** The same on x86-64 and arm64. */
  public static final int IO_URING_ENTER = 426;

  private static final int PR_SET_SECCOMP = 22;
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final long MODE_FILTER = 2;

  private static final short LOAD_WORD = 0x20;
  private static final short JUMP_IF_EQUAL = 0x15;
  private static final short RETURN = 0x06;
  private static final int ALLOW = 0x7fff_0000;
  private static final int ERRNO = 0x0005_0000;
  private static final int FILTER_BYTES = 8;
  private static final int PROGRAM_BYTES = 16;

  private Seccomp() {}

  /**
   * Runs {@code body} in a new thread, in which, and in whose own new threads, {@code systemCall}
   * fails with {@code errno}; throws what it threw.
   */
  public static void runWithout(int systemCall, int errno, Callable<?> body) throws Exception {
    FutureTask<?> task =
        new FutureTask<>(
            () -> {
              forbid(systemCall, errno);
              return body.call();
            });
    new Thread(task, "without-" + systemCall).start();
    try {
      task.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception failure ? failure : e;
    }
  }

  @SuppressWarnings("restricted") // a test of what the kernel refuses
  private static void forbid(int systemCall, int errno) {
    Linker linker = Linker.nativeLinker();
    MethodHandle prctl =
        linker.downcallHandle(
            linker.defaultLookup().find("prctl").orElseThrow(),
            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            Linker.Option.firstVariadicArg(1));
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment filters = arena.allocate(4 * FILTER_BYTES, FILTER_BYTES);
      filter(filters, 0, LOAD_WORD, 0, 0); // the number of the call
      filter(filters, 1, JUMP_IF_EQUAL, 1, systemCall);
      filter(filters, 2, RETURN, 0, ERRNO | errno);
      filter(filters, 3, RETURN, 0, ALLOW);
      MemorySegment program = arena.allocate(PROGRAM_BYTES, Long.BYTES);
      program.set(JAVA_SHORT, 0, (short) 4);
      program.set(ADDRESS, 8, filters);
      int result = (int) prctl.invokeExact(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L);
      if (result == 0) {
        result = (int) prctl.invokeExact(PR_SET_SECCOMP, MODE_FILTER, program.address(), 0L, 0L);
      }
      if (result != 0) {
        throw new AssertionError("no filter of system calls can be installed");
      }
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** One instruction; it jumps over {@code otherwiseSkip} when it does not match. */
  private static void filter(
      MemorySegment filters, int index, short code, int otherwiseSkip, int operand) {
    long at = (long) index * FILTER_BYTES;
    filters.set(JAVA_SHORT, at, code);
    filters.set(JAVA_BYTE, at + 2, (byte) 0);
    filters.set(JAVA_BYTE, at + 3, (byte) otherwiseSkip);
    filters.set(JAVA_INT, at + 4, operand);
  }
}
