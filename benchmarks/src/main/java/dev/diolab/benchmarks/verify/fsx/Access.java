package dev.diolab.benchmarks.verify.fsx;

/** Which way reads and writes take. */
public enum Access {
  /** Through the page cache. */
  BUFFERED,
  /** Past it. */
  DIRECT,
  /** Each one chooses (O_DIRECT toggled between operations). */
  MIXED
}
