package dev.diolab.engine.os;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One ring of the kernel's asynchronous interface (io_uring(7)) with one registered file.
 *
 * <p>Two rings lie in memory shared with the kernel. The submitting thread stores requests at the
 * tail of the submission ring and publishes them with a release store of the tail; the kernel takes
 * them in {@link #submit}. The kernel publishes completions at the tail of the completion ring;
 * whoever completes reads that with acquire, and frees the entry with a release store of the head.
 *
 * <p>Assumptions, kept by the caller:
 *
 * <ol>
 *   <li>One thread submits: {@link #prepareRead}, {@link #prepareWrite}, {@link #prepared}, {@link
 *       #submit}, {@link #submitAndWait}.
 *   <li>One thread at a time completes: {@link #await}, {@link #submitAndWait}, {@link #poll} and
 *       the methods that tell of a completion. It may be another one than the submitting.
 *   <li>No more than {@link #entries} requests are prepared or in flight: so neither ring runs
 *       over.
 *   <li>Memory of a request stays alive until its completion; {@link #close} runs when nothing is
 *       in flight.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Nothing here allocates, except for exceptions.
 *   <li>After {@link #close} the ring holds the file no more, and every call is an
 *       IllegalStateException.
 * </ol>
 *
 * <p>Flags that let only the submitting thread wait (IORING_SETUP_SINGLE_ISSUER, DEFER_TASKRUN) are
 * set by {@link #openForOneThread} alone, because of the second assumption.
 * IORING_SETUP_COOP_TASKRUN is set by {@link #open}: completions then wait for the submitting
 * thread to enter the kernel for whatever reason, at the latest at its next timer tick; one that
 * sleeps is woken for them.
 */
public final class Uring implements AutoCloseable {
  /** The most entries that the kernel allows. */
  public static final int MOST_ENTRIES = 32_768;

  private static final int PROT_READ_WRITE = 3;
  private static final int MAP_SHARED_POPULATE = 0x8001;

  /** Together a second for a kernel that is short of memory. */
  private static final int MOST_RETRIES = 1000;

  private static final long RETRY_NANOS = 1_000_000;

  private static final VarHandle INT = JAVA_INT.varHandle().withInvokeExactBehavior();

  private final NativeFile file;
  private final int fd;
  private final int entries;
  private final Arena arena;
  private final MemorySegment rings;
  private final MemorySegment sqes;

  // where in rings
  private final long sqHead;
  private final long sqTail;
  private final long sqFlags;
  private final int sqMask;
  private final long cqHead;
  private final long cqTail;
  private final long cqOverflow;
  private final long cqes;
  private final int cqMask;

  /** End of what was prepared: [submitting thread]. */
  private int tail;

  /** The next completion: [completing thread]. */
  private int head;

  /** Set under [this]. */
  private boolean closed;

  private Uring(NativeFile file, int fd, MemorySegment params) throws OsException {
    this.file = file;
    this.fd = fd;
    entries = params.get(JAVA_INT, UringLayout.PARAMS_SQ_ENTRIES);
    int completions = params.get(JAVA_INT, UringLayout.PARAMS_CQ_ENTRIES);
    sqHead = params.get(JAVA_INT, UringLayout.PARAMS_SQ_HEAD);
    sqTail = params.get(JAVA_INT, UringLayout.PARAMS_SQ_TAIL);
    sqFlags = params.get(JAVA_INT, UringLayout.PARAMS_SQ_FLAGS);
    long sqArray = params.get(JAVA_INT, UringLayout.PARAMS_SQ_ARRAY);
    cqHead = params.get(JAVA_INT, UringLayout.PARAMS_CQ_HEAD);
    cqTail = params.get(JAVA_INT, UringLayout.PARAMS_CQ_TAIL);
    cqOverflow = params.get(JAVA_INT, UringLayout.PARAMS_CQ_OVERFLOW);
    cqes = params.get(JAVA_INT, UringLayout.PARAMS_CQ_CQES);
    arena = Arena.ofShared();
    try {
      rings =
          map(
              UringLayout.OFF_SQ_RING,
              Math.max(
                  sqArray + (long) entries * Integer.BYTES,
                  cqes + completions * UringLayout.CQE_BYTES));
      sqes = map(UringLayout.OFF_SQES, entries * UringLayout.SQE_BYTES);
      register();
    } catch (OsException failure) {
      arena.close();
      throw failure;
    }
    sqMask = rings.get(JAVA_INT, params.get(JAVA_INT, UringLayout.PARAMS_SQ_MASK));
    cqMask = rings.get(JAVA_INT, params.get(JAVA_INT, UringLayout.PARAMS_CQ_MASK));
    // The submission ring holds indices of requests; request i always goes to entry i.
    for (int i = 0; i < entries; i++) {
      rings.set(JAVA_INT, sqArray + (long) i * Integer.BYTES, i);
    }
  }

  /** Why this process cannot use io_uring now, in a sentence for its user; null when it can. */
  public static @Nullable String unavailableBecause() {
    return UringSupport.unavailableBecause();
  }

  /**
   * A ring for transfers of {@code file}.
   *
   * @param entries the most requests in flight, 1 to {@link #MOST_ENTRIES}; made a power of two
   * @throws OsException when the system refuses; {@link #unavailableBecause} may tell why
   * @throws UnsupportedOperationException when the kernel's io_uring is older than Linux 5.6
   */
  public static Uring open(NativeFile file, int entries) throws OsException {
    return open(file, entries, UringSupport::setup);
  }

  /**
   * As {@link #open}, for the calling thread alone: no other one submits, completes or closes. That
   * spares the kernel work (Linux 6.1 or newer; before, the ring is an ordinary one).
   */
  public static Uring openForOneThread(NativeFile file, int entries) throws OsException {
    return open(file, entries, UringSupport::setupForOneThread);
  }

  private interface Setup {
    int run(int entries, MemorySegment params);
  }

  private static Uring open(NativeFile file, int entries, Setup setup) throws OsException {
    if (entries < 1 || entries > MOST_ENTRIES) {
      throw new IllegalArgumentException("entries of a ring: entries=" + entries);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = arena.allocate(UringLayout.PARAMS_BYTES, Long.BYTES);
      int fd = setup.run(entries, params);
      if (fd < 0) {
        throw UringSupport.refused(file.path(), -fd);
      }
      try {
        if (UringSupport.isOld(params.get(JAVA_INT, UringLayout.PARAMS_FEATURES))) {
          throw new UnsupportedOperationException("io_uring is older than Linux 5.6");
        }
        return new Uring(file, fd, params);
      } catch (OsException | RuntimeException | Error failure) {
        Libc.close(fd);
        throw failure;
      }
    }
  }

  @SuppressWarnings("restricted") // the kernel's memory has no other owner than this arena
  private MemorySegment map(long what, long bytes) throws OsException {
    long address = Libc.mmap(bytes, PROT_READ_WRITE, MAP_SHARED_POPULATE, fd, what);
    if (address < 0) {
      throw OsException.of("mmap of a ring", file.path(), (int) -address);
    }
    return MemorySegment.ofAddress(address)
        .reinterpret(bytes, arena, memory -> Libc.munmap(memory.address(), memory.byteSize()));
  }

  /** Spares the kernel a look-up and a reference count in each request. */
  private void register() throws OsException {
    int descriptor = file.descriptor();
    if (descriptor < 0) {
      // The kernel would take -1 for a place that is filled later.
      throw OsException.of("io_uring_register", file.path(), Errno.EBADF);
    }
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment files = scratch.allocateFrom(JAVA_INT, descriptor);
      int result = Libc.ioUringRegister(fd, UringLayout.REGISTER_FILES, files.address(), 1);
      if (result < 0) {
        throw OsException.of("io_uring_register", file.path(), -result);
      }
    }
  }

  /** How many requests fit. */
  public int entries() {
    return entries;
  }

  /** Prepares a read of {@code bytes} bytes at {@code offset} to {@code address}. */
  public void prepareRead(long address, int bytes, long offset, long userData) {
    prepare(UringLayout.OP_READ, address, bytes, offset, 0, userData);
  }

  /** Prepares a write; with {@code dsync} it completes when the data is on stable storage. */
  public void prepareWrite(long address, int bytes, long offset, boolean dsync, long userData) {
    prepare(UringLayout.OP_WRITE, address, bytes, offset, dsync ? Transfer.RWF_DSYNC : 0, userData);
  }

  private void prepare(
      byte opcode, long address, int bytes, long offset, int rwFlags, long userData) {
    if (prepared() == entries) {
      throw new AssertionError("submission ring overrun: entries=" + entries);
    }
    // The fields that are not set here are zero since the ring was made.
    long sqe = (tail & sqMask) * UringLayout.SQE_BYTES;
    sqes.set(JAVA_BYTE, sqe + UringLayout.SQE_OPCODE, opcode);
    sqes.set(JAVA_BYTE, sqe + UringLayout.SQE_FLAGS, UringLayout.SQE_FIXED_FILE);
    sqes.set(JAVA_INT, sqe + UringLayout.SQE_FD, 0);
    sqes.set(JAVA_LONG, sqe + UringLayout.SQE_OFF, offset);
    sqes.set(JAVA_LONG, sqe + UringLayout.SQE_ADDR, address);
    sqes.set(JAVA_INT, sqe + UringLayout.SQE_LEN, bytes);
    sqes.set(JAVA_INT, sqe + UringLayout.SQE_RW_FLAGS, rwFlags);
    sqes.set(JAVA_LONG, sqe + UringLayout.SQE_USER_DATA, userData);
    tail++;
    INT.setRelease(rings, sqTail, tail);
  }

  /** How many requests are prepared and not submitted. */
  public int prepared() {
    return tail - (int) INT.getAcquire(rings, sqHead);
  }

  /**
   * Submits all that is prepared, in one call of the kernel if it takes all of it.
   *
   * @throws OsException when the kernel refuses; what it did not take stays prepared
   */
  public void submit() throws OsException {
    int left = prepared();
    while (left > 0) {
      enter(left, 0, 0);
      left = prepared();
    }
  }

  /**
   * Submits all that is prepared and waits for {@code completions} in the same call of the kernel.
   * May return early, so that the caller looks and calls again.
   */
  public void submitAndWait(int completions) throws OsException {
    enter(prepared(), completions, UringLayout.ENTER_GETEVENTS);
  }

  /** As {@link #submitAndWait}, but submits nothing: also for other threads. */
  public void await(int completions) throws OsException {
    enter(0, completions, UringLayout.ENTER_GETEVENTS);
  }

  /** Lets the kernel publish completions, if it needs that. */
  public void poll() throws OsException {
    int flags = (int) INT.getAcquire(rings, sqFlags);
    if ((flags & (UringLayout.SQ_TASKRUN | UringLayout.SQ_CQ_OVERFLOW)) != 0) {
      enter(0, 0, UringLayout.ENTER_GETEVENTS);
    }
  }

  /** Whether there is a completion to take. */
  public boolean hasCompletion() {
    return head != (int) INT.getAcquire(rings, cqTail);
  }

  /** What was given to prepare the request that completed; {@link #hasCompletion} is true. */
  public long completedUserData() {
    return rings.get(JAVA_LONG, cqe() + UringLayout.CQE_USER_DATA);
  }

  /** Bytes that the completed request moved, or a negated error number. */
  public int completedResult() {
    return rings.get(JAVA_INT, cqe() + UringLayout.CQE_RES);
  }

  /** Takes the completion. */
  public void consume() {
    head++;
    INT.setRelease(rings, cqHead, head);
  }

  private long cqe() {
    return cqes + (head & cqMask) * UringLayout.CQE_BYTES;
  }

  private void enter(int toSubmit, int minComplete, int flags) throws OsException {
    int result = Libc.ioUringEnter(fd, toSubmit, minComplete, flags);
    for (int i = 0; isShortOfMemory(result) && i < MOST_RETRIES; i++) {
      LockSupport.parkNanos(RETRY_NANOS);
      result = Libc.ioUringEnter(fd, toSubmit, minComplete, flags);
    }
    if (result < 0 && result != -Errno.EINTR) {
      throw OsException.of("io_uring_enter", file.path(), -result);
    }
    int lost = (int) INT.getAcquire(rings, cqOverflow);
    if (lost != 0) {
      throw new AssertionError("completion ring overrun: lost=" + lost + " entries=" + entries);
    }
  }

  private static boolean isShortOfMemory(int result) {
    return result == -Errno.EAGAIN || result == -Errno.EBUSY;
  }

  /** Releases the ring; closing twice is harmless. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    // The kernel takes a ring down later, and would hold the file and its lock until then.
    Libc.ioUringRegister(fd, UringLayout.UNREGISTER_FILES, 0, 0);
    arena.close();
    Libc.close(fd);
  }
}
