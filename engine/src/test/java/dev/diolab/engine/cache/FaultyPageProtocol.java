package dev.diolab.engine.cache;

/** A page cache of the simplest kind, with one fault of the page protocol. */
final class FaultyPageProtocol implements PageProtocol {

  /** What is wrong. */
  enum Fault {
    NONE,
    /** A page that is being filled cannot be found by who wants it gone. */
    FILLS_OUTSIDE_THE_TABLE,
    /** Invalidation drops what it finds, also a dirty page. */
    DROPS_DIRTY_PAGES,
    /** A page counts as clean when its write-out ends, whatever was written to it meanwhile. */
    CLEANS_AFTER_WRITE_OUT,
    /** Who ends a fill wakes nobody. */
    FILL_WAKES_NOBODY
  }

  private static final int ABSENT = 0;
  private static final int LOCKED = 1;
  private static final int CACHED = 2;

  private final Fault fault;
  private final int[] device = new int[2];

  /** [this] */
  private final int[] state = new int[2];

  /** [this] */
  private final int[] value = new int[2];

  /** [this] */
  private final boolean[] dirty = new boolean[2];

  FaultyPageProtocol(Fault fault) {
    this.fault = fault;
  }

  @Override
  public int read(int page) {
    synchronized (this) {
      awaitUnlocked(page);
      if (state[page] == CACHED) {
        return value[page];
      }
      if (fault != Fault.FILLS_OUTSIDE_THE_TABLE) {
        state[page] = LOCKED;
      }
    }
    int read = device[page];
    synchronized (this) {
      value[page] = read;
      state[page] = CACHED;
      if (fault != Fault.FILL_WAKES_NOBODY) {
        notifyAll();
      }
      return read;
    }
  }

  @Override
  public synchronized void write(int page, int written) {
    awaitUnlocked(page);
    state[page] = CACHED;
    value[page] = written;
    dirty[page] = true;
  }

  @Override
  public void writeOut() {
    for (int page = 0; page < 2; page++) {
      int taken;
      synchronized (this) {
        awaitUnlocked(page);
        if (!dirty[page]) {
          continue;
        }
        taken = value[page];
        if (fault != Fault.CLEANS_AFTER_WRITE_OUT) {
          dirty[page] = false;
          state[page] = LOCKED;
        }
      }
      device[page] = taken;
      synchronized (this) {
        dirty[page] = false;
        state[page] = CACHED;
        notifyAll();
      }
    }
  }

  @Override
  public void directWrite(int page, int written) {
    device[page] = written;
    invalidate(page);
  }

  @Override
  public synchronized void invalidate(int page) {
    awaitUnlocked(page);
    if (!dirty[page] || fault == Fault.DROPS_DIRTY_PAGES) {
      dirty[page] = false;
      state[page] = ABSENT;
    }
  }

  @Override
  public int onDevice(int page) {
    return device[page];
  }

  private synchronized void awaitUnlocked(int page) {
    while (state[page] == LOCKED) {
      try {
        wait();
      } catch (InterruptedException e) {
        throw new AssertionError("nobody interrupts", e);
      }
    }
  }
}
