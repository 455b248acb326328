package dev.diolab.engine.locking;

import java.util.Arrays;

/**
 * Exclusive claims on ranges of an inode's page cache (Mason 2007, seeds/003): whoever holds the
 * placeholders of a range keeps buffered readers, other direct requests and truncate out of it.
 * Without them a buffered reader could cache what a direct write is just replacing, and serve it
 * for ever.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>a claim is used by one request at a time and released before it is used for another inode;
 *   <li>a thread acquires into one claim at a time, and acquires ascending ranges while it holds
 *       some.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>no page is in two claims at once; there is no shared mode, so two overlapping reads exclude
 *       each other too;
 *   <li>a range is acquired piece by piece in ascending order, each free gap at once, so two claims
 *       cannot wait for each other in a circle;
 *   <li>every release wakes all who wait: none sleeps on while its range is free;
 *   <li>after a claim has grown to the pieces it needs, nothing is allocated.
 * </ol>
 *
 * <p>Spans in flight are few (one or two a thread), so they stand in one sorted list, searched from
 * its start.
 */
public final class Placeholders {
  /** Bytes of a page, the unit of a placeholder, independent of the file system's block size. */
  public static final int PAGE_SIZE = 4096;

  /** List of all spans, ascending and disjoint; the anchor is before the first. [this] */
  private final Span anchor = new Span();

  /** Threads waiting for a span to go away. [this] */
  private int waiters;

  /** Creates an empty set of placeholders. */
  public Placeholders() {
    anchor.next = anchor;
    anchor.previous = anchor;
    anchor.first = Long.MAX_VALUE;
    anchor.last = Long.MAX_VALUE;
  }

  /**
   * Adds the pages that hold the bytes from {@code offset} to {@code offset + bytes - 1} to {@code
   * claim}; waits.
   */
  public synchronized void acquire(Claim claim, long offset, long bytes) {
    long page = offset / PAGE_SIZE;
    long last = (offset + bytes - 1) / PAGE_SIZE;
    boolean interrupted = false;
    while (page <= last) {
      Span after = firstEndingAtOrAfter(page);
      if (after.first <= page) {
        interrupted |= awaitRelease();
      } else {
        long gapLast = Math.min(last, after.first - 1);
        insertBefore(after, claim.add(), page, gapLast);
        page = gapLast + 1;
      }
    }
    restore(interrupted);
  }

  /** Gives up all pages of {@code claim}; harmless when it holds none. */
  public synchronized void release(Claim claim) {
    for (int i = 0; i < claim.count; i++) {
      Span span = claim.spans[i];
      span.previous.next = span.next;
      span.next.previous = span.previous;
    }
    claim.count = 0;
    if (waiters > 0) {
      notifyAll();
    }
  }

  /** Waits until no page of the bytes from {@code offset} on is claimed (truncate, seeds/003). */
  public synchronized void awaitNoneFrom(long offset) {
    long page = offset / PAGE_SIZE;
    boolean interrupted = false;
    while (firstEndingAtOrAfter(page) != anchor) {
      interrupted |= awaitRelease();
    }
    restore(interrupted);
  }

  private Span firstEndingAtOrAfter(long page) {
    Span span = anchor.next;
    while (span.last < page) {
      span = span.next;
    }
    return span;
  }

  private static void insertBefore(Span after, Span span, long first, long last) {
    span.first = first;
    span.last = last;
    span.next = after;
    span.previous = after.previous;
    after.previous.next = span;
    after.previous = span;
  }

  /** Waits for the next release; whether an interrupt came meanwhile. */
  @SuppressWarnings("WaitNotInLoop") // both callers look again after each release
  private synchronized boolean awaitRelease() {
    waiters++;
    try {
      wait();
      return false;
    } catch (InterruptedException e) {
      return true;
    } finally {
      waiters--;
    }
  }

  private static void restore(boolean interrupted) {
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The placeholders of one request. */
  public static final class Claim {
    private Span[] spans = {new Span()};
    private int count;

    private Span add() {
      if (count == spans.length) {
        spans = Arrays.copyOf(spans, 2 * count);
        for (int i = count; i < spans.length; i++) {
          spans[i] = new Span();
        }
      }
      return spans[count++];
    }

    /** Whether this claim holds no page. For checks by its owner. */
    public boolean isEmpty() {
      return count == 0;
    }
  }

  private static final class Span {
    private long first;
    private long last;
    private Span next = this;
    private Span previous = this;
  }
}
