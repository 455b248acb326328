package dev.diolab.engine.locking;

/**
 * What a strategy and a conversion policy may promise. A promise is declared here and attacked by
 * tests.
 */
public enum Guarantee {
  /** Nobody, also after a crash, reads bytes that were not written to this file. */
  G1("no stale data: nobody, also after a crash, reads bytes that were not written to this file"),
  /** A DSYNC write that returned survives a crash. */
  G2("a DSYNC write that returned survives a crash"),
  /** What completed before fsync returned survives a crash. */
  G3("what completed before fsync returned survives a crash"),
  /** A completed write, synchronous or asynchronous, is visible to any later read. */
  G4("a completed write is visible to any later read"),
  /** A plain O_DIRECT write that returned survives a crash. */
  G5("a plain O_DIRECT write that returned survives a crash"),
  /** i_size never covers unconverted blocks and never shrinks by itself. */
  G6("i_size never covers unconverted blocks and never shrinks by itself"),
  /** Overlapping direct reads and writes are atomic to each other. */
  G7("overlapping direct reads and writes are atomic to each other"),
  /** No deadlock; every request ends. */
  G8("no deadlock; every request ends");

  private final String promise;

  Guarantee(String promise) {
    this.promise = promise;
  }

  /** The promise in one sentence. */
  public String promise() {
    return promise;
  }
}
