package dev.diolab.engine.locking;

/**
 * A plain semaphore with one fault built in: it shows that a test which passes on {@link RwSem} can
 * fail.
 */
final class FaultyRwSemaphore implements RwSemaphore {
  enum Fault {
    /** None: shows that a test fails for the fault and not for this class. */
    NONE,
    /** A reader enters while a writer is inside. */
    READER_BESIDE_WRITER,
    /** A writer enters while a reader is inside. */
    WRITER_BESIDE_READER,
    /** A writer enters while a writer is inside. */
    WRITER_BESIDE_WRITER,
    /** The exclusive holder wakes nobody when he leaves. */
    EXCLUSIVE_RELEASE_WAKES_NOBODY,
    /** The last shared holder wakes nobody when he leaves. */
    SHARED_RELEASE_WAKES_NOBODY,
    /** A release between look and sleep is lost. */
    LOOKS_THEN_SLEEPS,
    /** A downgrade lets go for a moment. */
    DOWNGRADE_LETS_GO,
    /** Only the thread that acquired may release. */
    OWNER_RELEASES
  }

  private final Fault fault;
  private int readers;
  private boolean writer;
  private Thread owner = Thread.currentThread();

  FaultyRwSemaphore(Fault fault) {
    this.fault = fault;
  }

  @Override
  public void lockShared() {
    if (fault == Fault.LOOKS_THEN_SLEEPS) {
      while (!tryShared()) {
        sleep();
      }
      return;
    }
    synchronized (this) {
      while (!tryShared()) {
        sleep();
      }
    }
  }

  @Override
  public synchronized void unlockShared() {
    readers--;
    if (readers == 0 && fault != Fault.SHARED_RELEASE_WAKES_NOBODY) {
      notifyAll();
    }
  }

  @Override
  public void lockExclusive() {
    if (fault == Fault.LOOKS_THEN_SLEEPS) {
      while (!tryExclusive()) {
        sleep();
      }
      return;
    }
    synchronized (this) {
      while (!tryExclusive()) {
        sleep();
      }
    }
  }

  @Override
  public synchronized void unlockExclusive() {
    if (fault == Fault.OWNER_RELEASES && owner.threadId() != Thread.currentThread().threadId()) {
      throw new IllegalMonitorStateException("not the owner");
    }
    writer = false;
    if (fault != Fault.EXCLUSIVE_RELEASE_WAKES_NOBODY) {
      notifyAll();
    }
  }

  @Override
  public void downgrade() {
    if (fault == Fault.DOWNGRADE_LETS_GO) {
      unlockExclusive();
      lockShared();
      return;
    }
    synchronized (this) {
      writer = false;
      readers++;
      notifyAll();
    }
  }

  private synchronized boolean tryShared() {
    if (writer && fault != Fault.READER_BESIDE_WRITER) {
      return false;
    }
    readers++;
    return true;
  }

  private synchronized boolean tryExclusive() {
    if ((writer && fault != Fault.WRITER_BESIDE_WRITER)
        || (readers > 0 && fault != Fault.WRITER_BESIDE_READER)) {
      return false;
    }
    writer = true;
    owner = Thread.currentThread();
    return true;
  }

  @SuppressWarnings("WaitNotInLoop") // the callers look again
  private synchronized void sleep() {
    try {
      wait();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts", e);
    }
  }
}
