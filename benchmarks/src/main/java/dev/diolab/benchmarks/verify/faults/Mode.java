package dev.diolab.benchmarks.verify.faults;

/** How a request is made. */
public enum Mode {
  /** The caller waits. */
  SYNC("sync", false, false),
  /** The same, and the write is durable when it returns. */
  SYNC_DSYNC("sync DSYNC", false, true),
  /** Through a context, with other requests in flight. */
  ASYNC("async", true, false),
  /** The same, and the write is durable when it is complete. */
  ASYNC_DSYNC("async DSYNC", true, true);

  private final String label;
  private final boolean async;
  private final boolean dsync;

  Mode(String label, boolean async, boolean dsync) {
    this.label = label;
    this.async = async;
    this.dsync = dsync;
  }

  /** As tables show it. */
  public String label() {
    return label;
  }

  boolean isAsync() {
    return async;
  }

  boolean isDsync() {
    return dsync;
  }
}
