package dev.diolab.engine.locking;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

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
 *       some; the next may begin in the page where the last one ended;
 *   <li>the caller of {@link #drainFrom} or {@link #drain} has made claims that come after it
 *       harmless: who acquires then sees the new i_size, or waits for the caller's own claim.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>no page is in two claims at once; there is no shared mode, so two overlapping reads exclude
 *       each other too;
 *   <li>a range is acquired piece by piece in ascending order, each free gap at once, so two claims
 *       cannot wait for each other in a circle;
 *   <li>every release wakes all who wait: none sleeps on while its range is free. There is no order
 *       among those who wait for the same page;
 *   <li>a drain waits for the spans that stood when it began and for no later ones, so a stream of
 *       requests cannot keep a truncate waiting for ever;
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

  /** Number of the youngest span. [this] */
  private long youngest;

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
   *
   * @throws AssertionError when the claim already holds a page behind {@code offset}'s
   */
  public synchronized void acquire(Claim claim, long offset, long bytes) {
    long page = offset / PAGE_SIZE;
    long last = (offset + bytes - 1) / PAGE_SIZE;
    claim.checkAscends(page);
    boolean interrupted = false;
    while (page <= last) {
      Span after = firstEndingAtOrAfter(page);
      if (after.first > page) {
        long gapLast = Math.min(last, after.first - 1);
        insertBefore(after, claim.add(), page, gapLast);
        page = gapLast + 1;
      } else if (after == claim.end()) {
        page = after.last + 1;
      } else {
        interrupted |= awaitRelease();
      }
    }
    restore(interrupted);
  }

  /**
   * Adds the pages of a range to {@code claim} if none of them is in another claim; all or nothing,
   * without waiting. For who holds the lock of a page already and must not wait for one that does
   * not come after it.
   *
   * @return whether the pages are the claim's now
   * @throws AssertionError when the claim already holds a page behind {@code offset}'s
   */
  public synchronized boolean tryAcquire(Claim claim, long offset, long bytes) {
    long page = offset / PAGE_SIZE;
    long last = (offset + bytes - 1) / PAGE_SIZE;
    claim.checkAscends(page);
    Span end = claim.end();
    if (end != null && page <= end.last) {
      page = end.last + 1;
    }
    if (page > last) {
      return true;
    }
    Span after = firstEndingAtOrAfter(page);
    if (after.first <= last) {
      return false;
    }
    insertBefore(after, claim.add(), page, last);
    return true;
  }

  /** Whether a page of the range is in a claim now. */
  public synchronized boolean isClaimed(long offset, long bytes) {
    return firstEndingAtOrAfter(offset / PAGE_SIZE).first <= (offset + bytes - 1) / PAGE_SIZE;
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

  /**
   * Waits until all pages of the bytes from {@code offset} on are released that are claimed now
   * (truncate, seeds/003).
   */
  public void drainFrom(long offset) {
    drainPages(offset / PAGE_SIZE, Long.MAX_VALUE - 1);
  }

  /**
   * Waits until all pages of the bytes from {@code offset} to {@code offset + bytes - 1} are
   * released that are claimed now (a punch).
   */
  public void drain(long offset, long bytes) {
    drainPages(offset / PAGE_SIZE, (offset + bytes - 1) / PAGE_SIZE);
  }

  private synchronized void drainPages(long first, long last) {
    long youngestNow = youngest;
    boolean interrupted = false;
    while (anyBetween(first, last, youngestNow)) {
      interrupted |= awaitRelease();
    }
    restore(interrupted);
  }

  private boolean anyBetween(long first, long last, long youngestOfThem) {
    for (Span span = firstEndingAtOrAfter(first); span.first <= last; span = span.next) {
      if (span.number <= youngestOfThem) {
        return true;
      }
    }
    return false;
  }

  private Span firstEndingAtOrAfter(long page) {
    Span span = anchor.next;
    while (span.last < page) {
      span = span.next;
    }
    return span;
  }

  private void insertBefore(Span after, Span span, long first, long last) {
    span.number = ++youngest;
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
    Sleeping.begin();
    try {
      wait();
      return false;
    } catch (InterruptedException e) {
      return true;
    } finally {
      Sleeping.end();
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

    /** The last span, null when there is none. */
    private @Nullable Span end() {
      return count == 0 ? null : spans[count - 1];
    }

    private void checkAscends(long page) {
      Span end = end();
      if (end != null && page < end.last) {
        throw new AssertionError(
            "Placeholders.acquire descends: page " + page + ", the claim ends at " + end.last);
      }
    }

    /** Whether this claim holds no page. For checks by its owner. */
    public boolean isEmpty() {
      return count == 0;
    }
  }

  /** Pages from first to last, inclusive; numbered in order of insertion. */
  private static final class Span {
    private long first;
    private long last;
    private long number;
    private Span next = this;
    private Span previous = this;
  }
}
