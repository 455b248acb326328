package dev.diolab.benchmarks.load;

import java.io.IOException;
import java.util.function.LongConsumer;

/**
 * One thread that sends operations when they are due, not when the one before has returned.
 *
 * <p>Response time is from the moment an operation was due to its return; that is what a client
 * waits whose request found the thread busy. Measured from the moment of sending, a stall would be
 * counted once and the queue behind it not at all (Gil Tene's coordinated omission).
 *
 * <p>A thread that is late sends at once and omits nothing. What was due within the measured time
 * and could not be sent before its end is counted as unsent.
 *
 * <p>Thread safety: one thread runs it; others look only after it has returned.
 */
public final class OpenLoop {
  /** What is sent over and over. */
  public interface Operation {
    /** Readies the next operation, before it is due if there is time; it may never be sent. */
    void prepare() throws IOException;

    /** Sends what was readied and waits for it. */
    void send() throws IOException;
  }

  private final ArrivalSchedule schedule;
  private final LoadClock clock;
  private long sent;
  private long unsent;
  private long endNanos;

  /** A thread that sends by {@code schedule} and {@code clock}. */
  public OpenLoop(ArrivalSchedule schedule, LoadClock clock) {
    this.schedule = schedule;
    this.clock = clock;
  }

  /**
   * Sends all operations that are due within a time; called once. Returns when the last one that
   * was sent has returned.
   *
   * @param startNanos when the time begins, by the clock
   * @param lengthNanos how long it is
   * @param responseNanos takes the response time of each operation
   * @throws IOException when an operation failed, and nothing is counted then
   */
  public void run(
      long startNanos, long lengthNanos, Operation operation, LongConsumer responseNanos)
      throws IOException {
    endNanos = startNanos;
    long due = schedule.next();
    while (due < lengthNanos) {
      operation.prepare();
      clock.await(startNanos + due);
      if (clock.nanos() - startNanos >= lengthNanos) {
        break;
      }
      operation.send();
      endNanos = clock.nanos();
      responseNanos.accept(endNanos - startNanos - due);
      sent++;
      due = schedule.next();
    }
    while (due < lengthNanos) {
      unsent++;
      due = schedule.next();
    }
  }

  /** Operations that were sent. */
  public long sent() {
    return sent;
  }

  /** Operations that were due and were not sent. */
  public long unsent() {
    return unsent;
  }

  /** When the last operation that was sent returned, by the clock; the start without any. */
  public long endNanos() {
    return endNanos;
  }
}
