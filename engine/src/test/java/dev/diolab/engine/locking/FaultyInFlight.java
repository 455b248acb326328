package dev.diolab.engine.locking;

/**
 * A plain count with one fault built in: it shows that a test which passes on {@link DioCount} can
 * fail.
 */
final class FaultyInFlight implements InFlight {
  enum Fault {
    /** None: shows that a test fails for the fault and not for this class. */
    NONE,
    /** An end between look and sleep is lost. */
    LOOKS_THEN_SLEEPS,
    /** The last end wakes nobody. */
    END_WAKES_NOBODY,
    /** The first end that wakes a drain is taken for the last. */
    DRAIN_LOOKS_ONCE,
    /** Two begins at once count as one. */
    LOSES_UPDATES
  }

  private final Fault fault;
  private int count;

  FaultyInFlight(Fault fault) {
    this.fault = fault;
  }

  @Override
  public void begin() {
    if (fault == Fault.LOSES_UPDATES) {
      count++;
      return;
    }
    synchronized (this) {
      count++;
    }
  }

  @Override
  public synchronized void end() {
    count--;
    if (fault != Fault.END_WAKES_NOBODY) {
      notifyAll();
    }
  }

  @Override
  public void drain() {
    switch (fault) {
      case LOOKS_THEN_SLEEPS -> {
        while (busy()) {
          sleep();
        }
      }
      case DRAIN_LOOKS_ONCE -> {
        synchronized (this) {
          if (busy()) {
            sleep();
          }
        }
      }
      default -> {
        synchronized (this) {
          while (busy()) {
            sleep();
          }
        }
      }
    }
  }

  private synchronized boolean busy() {
    return count > 0;
  }

  @SuppressWarnings("WaitNotInLoop") // the caller looks again, or is the fault
  private synchronized void sleep() {
    try {
      wait();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts", e);
    }
  }
}
