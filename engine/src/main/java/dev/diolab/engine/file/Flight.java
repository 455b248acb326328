package dev.diolab.engine.file;

import dev.diolab.engine.device.IoDone;
import dev.diolab.engine.device.IoQueue;
import dev.diolab.engine.locking.Grant;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous part of a request: counts its transfers, and when the last one is over it ends
 * the request, here or in a completion worker.
 *
 * <p>State of a request in flight is kept here and never in the inode: two writes of one file that
 * shared it would convert one range twice and the other never (74dae4278546).
 *
 * <p>Assumptions: the owner of the context calls {@link #board} and {@link #sealed}; the queue
 * calls {@link #done}.
 *
 * <p>Guarantees: the request completes exactly once, after all its transfers and after {@code
 * sealed}; what a thread did to the request before it handed it on is visible to the next one.
 */
final class Flight extends Completion implements IoDone {
  private static final VarHandle PENDING;
  private static final VarHandle STATE;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      PENDING = lookup.findVarHandle(Flight.class, "pending", int.class);
      STATE = lookup.findVarHandle(Flight.class, "state", State.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Where a request is. */
  private enum State {
    /** Nobody but its user has it. */
    LANDED,
    /** Submitted as an asynchronous one. */
    ASYNC,
    /** Submitted, but whoever submits waits for its end. */
    WAITED_FOR
  }

  private final DioRequest request;
  private @Nullable Consumer<DioRequest> callback;
  private @Nullable AioContext context;
  private @Nullable Grant grant;
  private boolean isWrite;
  private boolean fua;
  private long readEnd;

  /** Set by the owner to begin, by whoever completes the request to end. */
  private volatile State state = State.LANDED;

  /** Transfers that are not over, and one for the submitter until {@link #sealed}. */
  @SuppressWarnings("UnusedVariable") // accessed through PENDING
  private volatile int pending;

  /** Why the first transfer that failed did so; written by the submitter or the reaper. */
  private volatile @Nullable IOException failure;

  /** Watches the buffer, in a volume that wants that. */
  private @Nullable CheckedBuffer checked;

  private boolean everFlew;
  private int result;

  /** The next one in a list of completed requests. [the list] */
  @Nullable Flight next;

  Flight(DioRequest request) {
    this.request = request;
  }

  /** The request is submitted through {@code target}. */
  void board(AioContext target, boolean write) {
    if (!STATE.compareAndSet(this, State.LANDED, State.ASYNC)) {
      throw isInFlight();
    }
    context = target;
    isWrite = write;
    failure = null;
    everFlew = true;
  }

  /**
   * Has the buffer watched by {@code buffers}, if these are there; otherwise, or when its misuse is
   * plain already, completes the request and returns false.
   */
  boolean checkIn(@Nullable BuffersInFlight buffers) {
    if (buffers == null || !request.isPlainBuffer()) {
      return true;
    }
    CheckedBuffer watched = checked == null ? new CheckedBuffer(request) : checked;
    checked = watched;
    try {
      watched.enter(buffers, request.bufferOffsetAsked(), request.bytesAsked(), !isWrite);
      return true;
    } catch (BufferMisuseException | RuntimeException e) {
      fail(e);
      return false;
    }
  }

  /** Where transfers of the request find its bytes: its buffer, or what stands in for it. */
  MemorySegment transferBuffer() {
    CheckedBuffer watched = checked;
    return watched != null && watched.isEntered() && isAsync() ? watched.copy() : request.buffer();
  }

  /** Where the byte {@code bufferAt} of the buffer is in {@link #transferBuffer}. */
  long placeOf(long bufferAt) {
    CheckedBuffer watched = checked;
    return watched != null && watched.isEntered() && isAsync()
        ? watched.placeOf(bufferAt)
        : bufferAt;
  }

  void requireLanded() {
    if (state != State.LANDED) {
      throw isInFlight();
    }
  }

  private static IllegalStateException isInFlight() {
    return new IllegalStateException("the request is in flight");
  }

  void setCallback(@Nullable Consumer<DioRequest> newCallback) {
    requireLanded();
    callback = newCallback;
  }

  boolean isAsync() {
    return state == State.ASYNC;
  }

  /** From now on the submitter waits for the request. */
  void waitFor() {
    state = State.WAITED_FOR;
  }

  /** The request is mapped under {@code held}, and its transfers follow. */
  void takeOff(Grant held, boolean withFua, long endOfRead) {
    if (isWrite && request.isDsync()) {
      request.inode().volume().commits().enter();
    }
    grant = held;
    fua = withFua;
    readEnd = endOfRead;
    PENDING.setOpaque(this, 1);
  }

  void read(long bufferAt, long deviceOffset, int bytes) throws IOException {
    IoQueue queue = context().queueWithRoom();
    PENDING.getAndAdd(this, 1);
    queue.read(this, transferBuffer(), placeOf(bufferAt), deviceOffset, bytes);
  }

  void write(long bufferAt, long deviceOffset, int bytes, boolean withFua) throws IOException {
    IoQueue queue = context().queueWithRoom();
    PENDING.getAndAdd(this, 1);
    queue.write(this, transferBuffer(), placeOf(bufferAt), deviceOffset, bytes, withFua);
  }

  /** All transfers are queued, or the next one could not be because of {@code cause}. */
  void sealed(@Nullable Throwable cause) {
    if (cause != null) {
      failure = failureOf(cause);
    }
    transferOver();
  }

  @Override
  public void done(@Nullable IOException transferFailure) {
    if (transferFailure != null && failure == null) {
      failure = transferFailure;
    }
    transferOver();
  }

  private void transferOver() {
    if ((int) PENDING.getAndAdd(this, -1) > 1) {
      return;
    }
    if (mayHaveToWait()) {
      context().handOver(this);
    } else {
      end(false);
    }
  }

  /**
   * What ends a request may do only where it can wait: see {@link IoDone}. When the file has no
   * page now that the transfers are over, there is none to drop: whoever fills one from now on
   * reads what was written.
   */
  private boolean mayHaveToWait() {
    if (!isWrite) {
      return false;
    }
    return failure != null
        || request.inode().pages().hasPages()
        || (request.segments.anyIs(Segments.Kind.UNWRITTEN) && !mayBeConvertedLater())
        || request.end() > request.inode().diskSize()
        || (request.isDsync() && !fua);
  }

  private boolean mayBeConvertedLater() {
    return request.isConvertedLater() && !request.inode().conversions().isFull();
  }

  @Override
  void run() {
    if (request.isConvertedLater()) {
      request.inode().conversions().catchUp();
    }
    end(true);
  }

  /**
   * Runs the end of the request: conversion, sync, release of the grant.
   *
   * @param byWorker whether a completion worker does so
   */
  private void end(boolean byWorker) {
    Grant held = grant;
    if (held == null) {
      throw new AssertionError("a request ends that has no grant");
    }
    grant = null;
    int bytes = 0;
    try {
      bytes =
          isWrite
              ? AsyncWrite.end(request, held, fua, failure, byWorker)
              : AsyncRead.end(request, held, readEnd, failure);
    } catch (IOException | RuntimeException | Error e) {
      failure = failureOf(e);
    } finally {
      if (isWrite && request.isDsync()) {
        request.inode().volume().commits().leave();
      }
    }
    complete(bytes, byWorker);
  }

  /** The submitter has seen the request to its end: it came to {@code bytes}. */
  void complete(int bytes) {
    complete(bytes, false);
  }

  private void complete(int bytes, boolean byWorker) {
    AioContext told = context();
    Consumer<DioRequest> toCall = callback;
    CheckedBuffer watched = checked;
    if (watched != null) {
      checkOut(watched, bytes);
    }
    result = bytes;
    state = State.LANDED;
    if (toCall == null) {
      told.completed(this, byWorker);
      return;
    }
    try {
      toCall.accept(request);
    } catch (RuntimeException | Error e) {
      Uncaught.tell(e);
    } finally {
      told.calledBack(byWorker);
    }
  }

  private void checkOut(CheckedBuffer watched, int bytes) {
    if (failure != null || !watched.isEntered()) {
      watched.forget();
      return;
    }
    try {
      watched.leave(isAsync(), bytes);
    } catch (BufferMisuseException | RuntimeException e) {
      failure = failureOf(e);
    }
  }

  /** The submitter has seen the request fail. */
  void fail(Throwable cause) {
    failure = failureOf(cause);
    complete(0);
  }

  private IOException failureOf(Throwable cause) {
    if (cause instanceof IOException failed) {
      return failed;
    }
    if (!request.buffer().scope().isAlive()) {
      return new IOException("the arena of the buffer was closed in flight: " + request, cause);
    }
    return BrokenException.of("the request", cause);
  }

  DioRequest request() {
    return request;
  }

  int result() throws IOException {
    requireLanded();
    if (!everFlew) {
      throw new IllegalStateException("the request was never submitted to an AioContext");
    }
    IOException cause = failure;
    if (cause instanceof BrokenException broken) {
      throw broken.told();
    }
    if (cause != null) {
      throw cause;
    }
    return result;
  }

  private AioContext context() {
    AioContext its = context;
    if (its == null) {
      throw new AssertionError("the request was never submitted");
    }
    return its;
  }
}
