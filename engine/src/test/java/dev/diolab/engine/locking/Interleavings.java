package dev.diolab.engine.locking;

import org.jetbrains.lincheck.Lincheck;

/** Runs a small concurrent program under many interleavings, chosen by Lincheck's model checker. */
public final class Interleavings {
  /**
   * Interleavings per program, in order of their number of preemptions. Many more can be asked for
   * with -Ddiolab.interleavings=N.
   */
  private static final int INVOCATIONS = Integer.getInteger("diolab.interleavings", 250);

  /** Where {@link #share} shows objects to the model checker. */
  @SuppressWarnings("UnusedVariable")
  private static volatile Object[] shared = {};

  private Interleavings() {}

  /**
   * Tells the model checker which objects the threads share: it cannot look into the lambdas that
   * capture them, and takes objects that it does not find for local ones, whose accesses it does
   * not interleave.
   */
  public static void share(Object... objects) {
    shared = objects;
  }

  /**
   * Fails with a LincheckAssertionError and the interleaving when {@code program} throws or hangs.
   */
  public static void check(Runnable program) {
    Lincheck.runConcurrentTest(INVOCATIONS, program);
  }

  /**
   * Runs the bodies at once, the first in this thread, and returns when all have ended; fails with
   * what one of them threw.
   */
  public static void together(Runnable first, Runnable... others) {
    Throwable[] failures = new Throwable[others.length];
    Thread[] threads = new Thread[others.length];
    for (int i = 0; i < others.length; i++) {
      int index = i;
      threads[i] =
          new Thread(
              () -> {
                try {
                  others[index].run();
                } catch (Throwable e) {
                  failures[index] = e; // the checker overlooks what a started thread throws
                }
              });
    }
    for (Thread thread : threads) {
      thread.start();
    }
    first.run();
    for (int i = 0; i < others.length; i++) {
      join(threads[i]);
      if (failures[i] != null) {
        throw new AssertionError(failures[i]);
      }
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts", e);
    }
  }
}
