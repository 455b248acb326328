package dev.diolab.engine.os;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/**
 * Native memory of one thread for the arguments and the errno of one system call.
 *
 * <p>One per thread, because errno is: a shared one would show a thread the error of another. Made
 * once per thread, so that a call allocates nothing.
 */
final class CallScratch {
  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout()
          .varHandle(MemoryLayout.PathElement.groupElement("errno"))
          .withInvokeExactBehavior();

  /** struct iovec: base address, then length, 8 bytes each. */
  private static final long IOVEC_BYTES = 16;

  private static final long IOVEC_LENGTH = 8;

  private static final ThreadLocal<CallScratch> CURRENT = ThreadLocal.withInitial(CallScratch::new);

  /** Where the linker stores errno right after a call. */
  final MemorySegment state;

  private final MemorySegment iovec;

  private CallScratch() {
    Arena arena = Arena.ofAuto();
    state = arena.allocate(Linker.Option.captureStateLayout());
    iovec = arena.allocate(IOVEC_BYTES, Long.BYTES);
  }

  /** That of the calling thread. */
  static CallScratch current() {
    return CURRENT.get();
  }

  /** The errno of the call that just failed. */
  int errno() {
    return (int) ERRNO.get(state, 0L);
  }

  /** Fills the one iovec and returns its address, valid until the next call of this thread. */
  long iovec(long base, long length) {
    iovec.set(ValueLayout.JAVA_LONG, 0, base);
    iovec.set(ValueLayout.JAVA_LONG, IOVEC_LENGTH, length);
    return iovec.address();
  }
}
