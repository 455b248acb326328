package dev.diolab.engine.locking;

/**
 * A sleeping mutex, the i_mutex of the older schemes: {@link RwSem} used exclusively, with its
 * order of service and its guarantees, so that a difference between a mutex and a semaphore is one
 * of sharing and not of implementation.
 */
public final class Mutex {
  private final RwSem sem = new RwSem();

  /** Waits for the mutex. Not reentrant, not interruptible. */
  public void lock() {
    sem.lockExclusive();
  }

  /** Takes the mutex if it is free. */
  public boolean tryLock() {
    return sem.tryLockExclusive();
  }

  /** Releases the mutex; any thread may do so. */
  public void unlock() {
    sem.unlockExclusive();
  }
}
