package dev.diolab.benchmarks.load;

/** The time by which operations are sent, and a way to wait for it. */
public interface LoadClock {

  /** Nanoseconds from some moment; only differences mean something. */
  long nanos();

  /** Returns once {@link #nanos} has reached {@code deadlineNanos}; at once when it has before. */
  void await(long deadlineNanos);

  /** The clock of this machine. */
  static LoadClock system() {
    return new ParkingClock();
  }
}
