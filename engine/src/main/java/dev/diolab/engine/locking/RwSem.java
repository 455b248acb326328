package dev.diolab.engine.locking;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A reader-writer semaphore with the service order of Linux's rw_semaphore: waiters queue in order
 * of arrival, a running writer may take a free lock before a sleeping one wakes, and a waiter that
 * was passed over for {@value #HANDOFF_AFTER_NANOS} ns gets the lock handed to it. What
 * java.util.concurrent offers differs in what is compared here: its locks bind release to the
 * thread or cannot be downgraded, and they allocate a node for each wait.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>each acquisition is released once, in its mode, by any thread (the kernel's _non_owner
 *       variants);
 *   <li>a thread that holds the semaphore shared does not acquire it again: a queued writer would
 *       block it for ever.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>an exclusive holder is alone; shared holders are together with shared holders only;
 *   <li>what was done before a release is visible after the next acquisition;
 *   <li>readers that arrive while somebody waits queue behind him: a writer is not starved by
 *       readers;
 *   <li>every waiter is served in the end, if holders release;
 *   <li>no operation allocates after a thread's first wait.
 * </ol>
 */
public final class RwSem {
  /**
   * Time after which a queued waiter stops running threads from taking the lock before it: 4 ms, as
   * in Linux.
   */
  static final long HANDOFF_AFTER_NANOS = 4_000_000;

  private static final long WRITER = 1;
  private static final long WAITERS = 1 << 1;
  private static final long HANDOFF = 1 << 2;
  private static final long READER = 1 << 8;
  private static final long HOLDERS = -READER | WRITER;

  /**
   * Attempts before a thread sleeps. Linux spins while the owner runs on a CPU; the JVM cannot see
   * that, so a short fixed spin stands in. It spares the sleep for i_data_sem, held for a look-up;
   * it is lost on a lock held for device I/O.
   */
  private static final int SPINS = 64;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(RwSem.class, "state", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Bits WRITER, WAITERS, HANDOFF, and the number of readers from bit 8 on; changed atomically. */
  private volatile long state;

  /** Queue in order of arrival; WAITERS is set exactly while it is not empty. [this] */
  private @Nullable Waiter head;

  private @Nullable Waiter tail;

  private final int spins;
  private final long handoffAfterNanos;

  /** Creates a semaphore that nobody holds. */
  public RwSem() {
    this(SPINS, HANDOFF_AFTER_NANOS);
  }

  /** For tests: a model checker needs no spins, and its clock stands still. */
  RwSem(int spins, long handoffAfterNanos) {
    this.spins = spins;
    this.handoffAfterNanos = handoffAfterNanos;
  }

  /** Waits until the semaphore is held shared. Not interruptible. */
  public void lockShared() {
    if (!tryLockShared()) {
      lockSharedSlowly();
    }
  }

  /** Takes the semaphore shared if nobody holds it exclusively or waits for it. */
  public boolean tryLockShared() {
    long s = state;
    while ((s & (WRITER | WAITERS | HANDOFF)) == 0) {
      long seen = (long) STATE.compareAndExchange(this, s, s + READER);
      if (seen == s) {
        return true;
      }
      s = seen;
    }
    return false;
  }

  /** Waits until the semaphore is held exclusively. Not interruptible. */
  public void lockExclusive() {
    if (!tryLockExclusive()) {
      lockExclusiveSlowly();
    }
  }

  /** Takes the semaphore exclusively if nobody holds it and it is not being handed to a waiter. */
  public boolean tryLockExclusive() {
    long s = state;
    while ((s & (HOLDERS | HANDOFF)) == 0) {
      long seen = (long) STATE.compareAndExchange(this, s, s | WRITER);
      if (seen == s) {
        return true;
      }
      s = seen;
    }
    return false;
  }

  /** Releases a shared hold. */
  public void unlockShared() {
    long before = (long) STATE.getAndAdd(this, -READER);
    if (before < READER) {
      throw new AssertionError("RwSem.unlockShared without a shared holder: state=" + before);
    }
    if ((before & WAITERS) != 0 && before < 2 * READER) {
      wakeHead();
    }
  }

  /** Releases the exclusive hold. */
  public void unlockExclusive() {
    long before = (long) STATE.getAndAdd(this, -WRITER);
    if ((before & WRITER) == 0) {
      throw new AssertionError(
          "RwSem.unlockExclusive without an exclusive holder: state=" + before);
    }
    if ((before & WAITERS) != 0) {
      wakeHead();
    }
  }

  /**
   * Turns the exclusive hold into a shared one without letting a writer in between; queued readers
   * at the head join.
   */
  public void downgrade() {
    long before = (long) STATE.getAndAdd(this, READER - WRITER);
    if ((before & WRITER) == 0) {
      throw new AssertionError("RwSem.downgrade without an exclusive holder: state=" + before);
    }
    if ((before & WAITERS) != 0) {
      admitLeadingReaders();
    }
  }

  private void lockSharedSlowly() {
    for (int i = 0; i < spins; i++) {
      Thread.onSpinWait();
      if (tryLockShared()) {
        return;
      }
    }
    Waiter waiter = Waiter.ofThisThread(false);
    enqueue(waiter);
    admitLeadingReaders(); // the lock may have become free before it showed a waiter
    Sleeping.begin();
    boolean interrupted = false;
    while (!waiter.granted) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    Sleeping.end();
    restore(interrupted);
  }

  private void lockExclusiveSlowly() {
    for (int i = 0; i < spins; i++) {
      Thread.onSpinWait();
      if (tryLockExclusive()) {
        return;
      }
    }
    Waiter waiter = Waiter.ofThisThread(true);
    enqueue(waiter);
    Sleeping.begin();
    boolean interrupted = false;
    while (!acquireAsHead(waiter)) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    Sleeping.end();
    restore(interrupted);
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void enqueue(Waiter waiter) {
    if (tail == null) {
      head = waiter;
    } else {
      tail.next = waiter;
    }
    tail = waiter;
    STATE.getAndBitwiseOr(this, WAITERS);
  }

  private synchronized boolean acquireAsHead(Waiter waiter) {
    if (head != waiter) {
      return false;
    }
    long queueBit = waiter.next == null ? 0 : WAITERS;
    long s = state;
    while ((s & HOLDERS) == 0) {
      long seen = (long) STATE.compareAndExchange(this, s, WRITER | queueBit);
      if (seen == s) {
        removeHead();
        return true;
      }
      s = seen;
    }
    insistWhenPassedOver(waiter);
    return false;
  }

  /**
   * Lets the waiters at the head have what is free: one writer tries for himself, all leading
   * readers are let in. The writer is woken outside the monitor, for he needs it first of all.
   */
  private void wakeHead() {
    LockSupport.unpark(admitReadersOrFindWriter());
  }

  private synchronized @Nullable Thread admitReadersOrFindWriter() {
    Waiter first = head;
    if (first != null && first.exclusive) {
      return first.thread;
    }
    admitLeadingReaders();
    return null;
  }

  private synchronized void admitLeadingReaders() {
    Waiter first = head;
    if (first == null || first.exclusive) {
      return;
    }
    long readers = 0;
    Waiter behind = first;
    while (behind != null && !behind.exclusive) {
      readers++;
      behind = behind.next;
    }
    long queueBit = behind == null ? 0 : WAITERS;
    long s = state;
    while ((s & WRITER) == 0) {
      long admitted = (s & ~(WAITERS | HANDOFF)) + readers * READER;
      long seen = (long) STATE.compareAndExchange(this, s, admitted | queueBit);
      if (seen == s) {
        for (long i = 0; i < readers; i++) {
          Thread thread = removeHead();
          LockSupport.unpark(thread);
        }
        return;
      }
      s = seen;
    }
    insistWhenPassedOver(first);
  }

  private void insistWhenPassedOver(Waiter waiter) {
    if (System.nanoTime() - waiter.sinceNanos > handoffAfterNanos) {
      STATE.getAndBitwiseOr(this, HANDOFF);
    }
  }

  /**
   * Takes the head out of the queue and grants it; the waiter's fields belong to its thread again
   * afterwards.
   */
  private Thread removeHead() {
    Waiter first = head;
    if (first == null) {
      throw new AssertionError("RwSem queue is empty");
    }
    head = first.next;
    if (head == null) {
      tail = null;
    }
    first.next = null;
    Thread thread = first.thread;
    first.granted = true;
    return thread;
  }

  /**
   * A thread's place in a queue. A thread waits in one queue at a time, so it needs one place for
   * its life.
   */
  private static final class Waiter {
    private static final ThreadLocal<Waiter> OF_THREAD = ThreadLocal.withInitial(Waiter::new);

    private final Thread thread = Thread.currentThread();

    /** Written by the waiting thread before it queues. */
    private boolean exclusive;

    private long sinceNanos;

    /** [the semaphore] */
    private @Nullable Waiter next;

    /** Set under [the semaphore], awaited by the waiting thread. */
    private volatile boolean granted;

    static Waiter ofThisThread(boolean exclusive) {
      Waiter waiter = OF_THREAD.get();
      waiter.exclusive = exclusive;
      waiter.granted = false;
      waiter.sinceNanos = System.nanoTime();
      return waiter;
    }
  }
}
