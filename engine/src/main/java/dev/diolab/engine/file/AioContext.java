package dev.diolab.engine.file;

import dev.diolab.engine.device.IoQueue;
import dev.diolab.engine.locking.Sleeping;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Asynchronous direct I/O of one thread, as an aio context or a ring: submits requests, and hands
 * them out again when they are complete.
 *
 * <pre>{@code
 * try (AioContext context = volume.openContext(64)) {
 *   for (DioRequest request : requests) {
 *     context.write(file, request.prepare(...));
 *   }
 *   while (context.inFlight() > 0) {
 *     DioRequest done = context.take();
 *     done.result(); // bytes, or throws what went wrong with this one
 *   }
 * }
 * }</pre>
 *
 * <p>What Linux writes synchronously although it was asked otherwise is so here: a write that
 * passes i_size, one whose strategy says so ({@link dev.diolab.engine.locking.Grant#mustWait}), one
 * that needs the page cache. It is complete when {@code write} returns, and is taken like the
 * others.
 *
 * <p>Assumptions, kept by the caller: one thread, the one that opened the context, calls all its
 * methods. A request and its buffer are not touched from the call that submits it until it was
 * taken, or its callback was called.
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Each request completes once, also when it fails; its error is its own ({@link
 *       DioRequest#result}).
 *   <li>A write is complete when it is visible to any later read, unless its conversion policy says
 *       otherwise.
 *   <li>More requests than the depth of the context wait at submission until transfers before them
 *       are over: nothing overflows.
 *   <li>{@link #close} cancels nothing: it waits until what is in flight is complete, as exit_aio
 *       and the end of a ring do. Only then nobody stores into buffers any more, and nothing is
 *       locked. The outcome of a request that was not taken can be asked of the request.
 *   <li>Requests in flight hold no thread. When the owner sleeps in a lock, another thread looks
 *       after completions ({@link Sleeping}): a request may hold that lock.
 *   <li>A request allocates nothing, unless it fails or has to be converted.
 * </ol>
 */
public final class AioContext implements AutoCloseable {
  private final Volume volume;
  private final Thread owner = Thread.currentThread();
  private final IoQueue queue;
  private final Rescuer rescuer;
  private final Sleeping.Watcher watcher;

  /** Guards the list of complete requests, which workers and reapers add to. */
  private final ReentrantLock lock = new ReentrantLock();

  private final Condition changed = lock.newCondition();

  /** Complete requests that were not taken, oldest first. [lock] */
  private @Nullable Flight first;

  private @Nullable Flight last;

  /** Requests submitted and neither taken nor called back. [lock] */
  private int inFlight;

  /** Requests in the completion workers. [lock] */
  private int withWorkers;

  /** Why the rescuer could not reap, since the owner began to wait. [lock] */
  private @Nullable Throwable rescueFailure;

  /** [owner] */
  private boolean closed;

  AioContext(Volume volume, int depth) throws IOException {
    this.volume = volume;
    this.queue = volume.device().openQueue(depth);
    this.rescuer = new Rescuer(queue, volume.completions().factory(), this::rescueFailed);
    this.watcher = new Unplugger();
    Sleeping.add(watcher);
  }

  /**
   * Submits a direct read. It may not have reached the device before {@link #flush} or {@link
   * #take}.
   *
   * @throws IllegalArgumentException as {@link DioFile#read}; when the file is of another volume;
   *     when the device cannot transfer to or from the buffer, or only one thread may access it
   * @throws IllegalStateException when the context is closed or owned by another thread, the
   *     request is in flight, or the arena of its buffer was closed
   */
  public void read(DioFile file, DioRequest request) {
    requireOpen();
    Inode inode = requireOfVolume(file.checkedForRead(request));
    AsyncBuffers.requireUsable(volume.device(), request, true);
    board(request, false);
    if (request.flight.checkIn(volume.buffersInFlight())) {
      AsyncRead.submit(inode, request);
    }
  }

  /**
   * Submits a direct write, as {@link #read}.
   *
   * @throws ReadOnlyVolumeException when the journal has failed
   */
  public void write(DioFile file, DioRequest request) throws ReadOnlyVolumeException {
    requireOpen();
    Inode inode = requireOfVolume(file.checkedForWrite(request));
    AsyncBuffers.requireUsable(volume.device(), request, false);
    board(request, true);
    if (request.flight.checkIn(volume.buffersInFlight())) {
      AsyncWrite.submit(inode, request);
    }
  }

  /** Hands all submitted requests to the device (unplug). */
  public void flush() throws IOException {
    requireOpen();
    queue.submit();
  }

  /** Requests that were submitted and not taken yet. */
  public int inFlight() {
    lock.lock();
    try {
      return inFlight;
    } finally {
      lock.unlock();
    }
  }

  /**
   * A complete request, or null when none is; does not wait.
   *
   * @throws IOException when the queue of the device fails; requests stay in flight
   */
  public @Nullable DioRequest poll() throws IOException {
    requireOpen();
    DioRequest done = next();
    if (done == null) {
      queue.reap(0);
      done = next();
    }
    return done;
  }

  /**
   * Waits for a complete request.
   *
   * @throws IOException when the queue of the device fails; requests stay in flight
   * @throws IllegalStateException when none is in flight
   */
  public DioRequest take() throws IOException {
    requireOpen();
    DioRequest done = next();
    while (done == null) {
      if (inFlight() == 0) {
        throw new IllegalStateException("no request is in flight");
      }
      awaitCompletion();
      done = next();
    }
    return done;
  }

  /**
   * Waits until all requests are complete, and forgets those that were not taken. Twice is
   * harmless.
   *
   * @throws IOException when the queue of the device fails: requests stay in flight, the context
   *     stays open, and may be closed once more
   */
  @Override
  public void close() throws IOException {
    if (closed) {
      return;
    }
    requireOpen();
    queue.submit();
    awaitAll();
    closed = true;
    Sleeping.remove(watcher);
    try {
      rescuer.close();
      queue.close();
    } finally {
      volume.contextClosed();
    }
  }

  private void awaitAll() throws IOException {
    forgetCompleted();
    while (inFlight() > 0) {
      awaitCompletion();
      forgetCompleted();
    }
  }

  private void forgetCompleted() {
    DioRequest done = next();
    while (done != null) {
      done = next();
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the context is closed");
    }
    Thread current = Thread.currentThread();
    if (!current.equals(owner)) {
      throw new IllegalStateException("the context is owned by " + owner + ", not by " + current);
    }
  }

  private Inode requireOfVolume(Inode inode) {
    if (!inode.volume().equals(volume)) {
      throw new IllegalArgumentException(
          "the file is of another volume than the context, or of an earlier mount");
    }
    return inode;
  }

  private void board(DioRequest request, boolean isWrite) {
    request.flight.board(this, isWrite);
    lock.lock();
    try {
      inFlight++;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable DioRequest next() {
    lock.lock();
    try {
      Flight done = first;
      if (done == null) {
        return null;
      }
      first = done.next;
      last = first == null ? null : last;
      done.next = null;
      inFlight--;
      return done.request();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for something to happen. While nothing is with the workers, the owner waits for the
   * device himself; otherwise he waits for either, and the rescuer for the device.
   */
  private void awaitCompletion() throws IOException {
    boolean ownerReaps;
    lock.lock();
    try {
      if (inFlight == 0) {
        return; // the last one was just called back
      }
      ownerReaps = withWorkers == 0 && first == null && queue.inFlight() > 0;
    } finally {
      lock.unlock();
    }
    if (ownerReaps && rescuer.isOut()) {
      queue.reap(1);
      return;
    }
    queue.submit();
    awaitOthers();
  }

  private void awaitOthers() throws IOException {
    Throwable failure;
    lock.lock();
    try {
      rescueFailure = null; // of an earlier wait: what fails still will fail again
      rescuer.begin();
      while (first == null && inFlight > 0 && rescueFailure == null) {
        changed.awaitUninterruptibly();
      }
      failure = first == null ? rescueFailure : null;
    } finally {
      lock.unlock();
      rescuer.end();
    }
    if (failure != null) {
      throw new IOException("completions cannot be waited for: " + failure, failure);
    }
  }

  private void rescueFailed(Throwable why) {
    lock.lock();
    try {
      rescueFailure = why;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The queue, with room for one more transfer. */
  IoQueue queueWithRoom() throws IOException {
    while (queue.isFull()) {
      queue.reap(1);
    }
    return queue;
  }

  /** Gives the end of a request that may have to wait to a worker. */
  void handOver(Flight flight) {
    lock.lock();
    try {
      withWorkers++;
    } finally {
      lock.unlock();
    }
    volume.completions().add(flight);
  }

  /** A request is complete. */
  void completed(Flight flight, boolean byWorker) {
    lock.lock();
    try {
      if (byWorker) {
        withWorkers--;
      }
      if (last == null) {
        first = flight;
      } else {
        last.next = flight;
      }
      last = flight;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The callback of a request was called. */
  void calledBack(boolean byWorker) {
    lock.lock();
    try {
      if (byWorker) {
        withWorkers--;
      }
      inFlight--;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Sends off what the owner has queued, and lets the rescuer reap while the owner sleeps. */
  private final class Unplugger implements Sleeping.Watcher {
    @Override
    public void beforeSleep() {
      if (queue.inFlight() > 0) {
        try {
          queue.submit();
        } catch (IOException e) {
          // The owner meets it when he submits again; what was submitted before is in flight.
        }
        rescuer.begin();
      }
    }

    @Override
    public void afterSleep() {
      rescuer.end();
    }
  }
}
