package dev.diolab.engine.locking;

import org.jspecify.annotations.Nullable;

/**
 * A table of page owners with one fault built in: it shows that a test which passes on {@link
 * Placeholders} can fail.
 */
final class FaultyPageClaims implements PageClaims<Object> {
  enum Fault {
    /** None: shows that a test fails for the fault and not for this class. */
    NONE,
    /** Only the first page of a request is looked at. */
    OVERLOOKS_LATER_PAGES,
    /** A request takes what is free of its range, whatever the order, and waits for the rest. */
    TAKES_GAPS_IN_ANY_ORDER,
    /** A release wakes nobody. */
    RELEASE_WAKES_NOBODY,
    /** A release between look and sleep is lost. */
    LOOKS_THEN_SLEEPS,
    /** A truncate looks only at the page that it begins in. */
    TRUNCATE_OVERLOOKS_LATER_PAGES
  }

  private static final int PAGES = 8;

  private final Fault fault;
  private final @Nullable Object[] owners = new @Nullable Object[PAGES];

  FaultyPageClaims(Fault fault) {
    this.fault = fault;
  }

  @Override
  public Object newClaim() {
    return new Object();
  }

  @Override
  public synchronized void acquire(Object claim, int firstPage, int pages) {
    for (int page = firstPage; page < firstPage + pages; page++) {
      if (fault == Fault.TAKES_GAPS_IN_ANY_ORDER) {
        takeFree(claim, firstPage, pages);
      }
      boolean looks = fault != Fault.OVERLOOKS_LATER_PAGES || page == firstPage;
      while (looks && owners[page] != null && !owners[page].equals(claim)) {
        sleep();
      }
      owners[page] = claim;
    }
  }

  private void takeFree(Object claim, int firstPage, int pages) {
    for (int page = firstPage; page < firstPage + pages; page++) {
      if (owners[page] == null) {
        owners[page] = claim;
      }
    }
  }

  @Override
  public synchronized void release(Object claim) {
    for (int page = 0; page < PAGES; page++) {
      if (claim.equals(owners[page])) {
        owners[page] = null;
      }
    }
    if (fault != Fault.RELEASE_WAKES_NOBODY) {
      notifyAll();
    }
  }

  @Override
  public void drainFrom(int page) {
    if (fault == Fault.LOOKS_THEN_SLEEPS) {
      while (anyFrom(page)) {
        sleep();
      }
      return;
    }
    synchronized (this) {
      while (anyFrom(page)) {
        sleep();
      }
    }
  }

  private synchronized boolean anyFrom(int first) {
    int end = fault == Fault.TRUNCATE_OVERLOOKS_LATER_PAGES ? first + 1 : PAGES;
    for (int page = first; page < end; page++) {
      if (owners[page] != null) {
        return true;
      }
    }
    return false;
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
