package dev.diolab.engine.locking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Counts the direct requests in flight on an inode (i_dio_count) so that a truncate can wait until
 * none is left: blocks that are freed under a request in flight may be reallocated and then
 * overwritten by it (1f555cfa29e8).
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>each {@link #begin} is followed by one {@link #end}, maybe in another thread;
 *   <li>the caller of {@link #drain} keeps new requests out before it calls. Requests that are only
 *       harmless to it cost no safety, but as long as they come drain may not return: ext4 makes
 *       them take i_mutex meanwhile (facts A3).
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>{@code drain} returns only after a moment at which no request was in flight;
 *   <li>what a request did before {@code end} is visible after {@code drain};
 *   <li>begin and end take no lock unless somebody drains, and allocate nothing.
 * </ol>
 */
public final class DioCount {
  private static final VarHandle IN_FLIGHT;

  static {
    try {
      IN_FLIGHT = MethodHandles.lookup().findVarHandle(DioCount.class, "inFlight", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Requests in flight; changed by atomic adds only. */
  @SuppressWarnings("UnusedVariable") // accessed through IN_FLIGHT
  private volatile int inFlight;

  /** Threads in {@link #drain}; changed under [this], read without it by {@link #end}. */
  private volatile int drainers;

  /** One more request is in flight. */
  public void begin() {
    IN_FLIGHT.getAndAdd(this, 1);
  }

  /** One request less is in flight. */
  public void end() {
    int before = (int) IN_FLIGHT.getAndAdd(this, -1);
    if (before <= 0) {
      throw new AssertionError("DioCount.end without begin: in flight=" + before);
    }
    if (before == 1 && drainers > 0) {
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /**
   * Waits until no request is in flight. Not interruptible; an interrupt is kept for the caller.
   */
  public void drain() {
    if (inFlight == 0) {
      return;
    }
    boolean interrupted = false;
    Sleeping.begin();
    synchronized (this) {
      drainers++;
      while (inFlight != 0) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      drainers--;
    }
    Sleeping.end();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
