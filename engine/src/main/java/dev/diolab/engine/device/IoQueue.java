package dev.diolab.engine.device;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Asynchronous transfers of one submitting thread (an aio context, a ring).
 *
 * <pre>{@code
 * if (queue.isFull()) {
 *   queue.reap(1);
 * }
 * queue.write(done, buffer, 0, offset, 4096, false);
 * ...
 * queue.reap(1); // submits what is queued, calls done.done(null)
 * }</pre>
 *
 * <p>Assumptions, kept by the caller:
 *
 * <ol>
 *   <li>One thread, the owner, calls {@link #read}, {@link #write} and {@link #submit}: the first
 *       that does so. {@link #reap} may be called by any thread. {@link #close} is called by the
 *       owner, or after its last call. A thread that ends with transfers in flight may make them
 *       fail: the kernel cancels what it queued for a thread that is no more.
 *   <li>A buffer is neither freed nor reused before its transfer is over.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>{@link IoDone#done} is called once for every transfer that was queued, at the latest by
 *       {@link #close}; in no promised order.
 *   <li>A transfer moves all its bytes or fails; short transfers are finished by the queue itself.
 *   <li>A transfer that is over allocated nothing, unless it failed.
 *   <li>One thread reaps at a time; others wait, or with {@code reap(0)} return at once.
 * </ol>
 *
 * <p>Of transfers to overlapping ranges that are in flight together, any may come first.
 */
public interface IoQueue extends AutoCloseable {

  /** The most transfers that can be in flight. */
  int depth();

  /** How many transfers are queued or under way: those whose {@link IoDone} was not called yet. */
  int inFlight();

  /** Whether as many as {@link #depth} are in flight: the caller reaps before it queues more. */
  boolean isFull();

  /**
   * Queues a read, as {@link BlockDevice#read}.
   *
   * @throws IllegalArgumentException when the device may not be asked for this transfer
   * @throws IllegalStateException when the queue is full, closed, or owned by another thread
   */
  void read(IoDone done, MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes);

  /**
   * Queues a write, as {@link BlockDevice#write} or, with {@code fua}, {@link
   * BlockDevice#writeFua}.
   *
   * @throws IllegalArgumentException when the device may not be asked for this transfer
   * @throws IllegalStateException when the queue is full, closed, or owned by another thread
   */
  void write(
      IoDone done,
      MemorySegment buffer,
      long bufferOffset,
      long deviceOffset,
      int bytes,
      boolean fua);

  /**
   * Hands all queued transfers to the device at once (unplug); waits for none of them.
   *
   * @throws IOException when the system refuses them; they stay queued
   * @throws IllegalStateException when the queue is closed or owned by another thread
   */
  void submit() throws IOException;

  /**
   * Submits, if the owner calls; waits for completions; calls the {@link IoDone} of each.
   *
   * <p>Another thread submits nothing and waits only for what the owner submitted.
   *
   * @param atLeast how many to wait for, or all in flight if these are fewer; 0 does not wait
   * @return how many there were; more than {@code atLeast} when more are ready; 0 after the close
   * @throws IOException when the system refuses to submit or to wait
   */
  int reap(int atLeast) throws IOException;

  /** Submits and waits for all in flight, and calls their {@link IoDone}. Twice is harmless. */
  @Override
  void close();
}
