package dev.diolab.engine.cache;

import dev.diolab.engine.locking.Placeholders;
import dev.diolab.engine.locking.Placeholders.Claim;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Reads missing pages of one inode, with read-ahead. A page is in the table, locked and not up to
 * date, before its bytes are read: whoever changes the device beneath it and drops the page
 * afterwards finds it there and waits.
 *
 * <p>Thread safety: all methods may be called at once.
 */
final class PageFill {
  /** Window of the first read of a row, in pages. */
  private static final int FIRST_WINDOW = 4;

  /** Largest window, in pages: 128 KiB, as Linux's default. */
  private static final int LAST_WINDOW = 32;

  private final PagePool pool;
  private final PageCache cache;
  private final PageIo io;
  private final CachedPages pages;
  private final Placeholders locks;

  /** Page behind the last one that was filled. A hint: races cost only read-ahead. */
  private volatile long expected;

  /** Pages that the last fill of a row wanted. A hint too. */
  private volatile int window;

  PageFill(PagePool pool, PageCache cache, PageIo io, CachedPages pages, Placeholders locks) {
    this.pool = pool;
    this.cache = cache;
    this.io = io;
    this.pages = pages;
    this.locks = locks;
  }

  /**
   * Reads page {@code index} unless somebody else did, and with it pages that are missing behind it
   * and whose locks are free: those up to {@code last}, and more when fills follow each other.
   */
  void fill(long index, long last) throws IOException {
    int wanted = wanted(index, last);
    Claim claim = pages.takeClaim();
    try {
      locks.acquire(claim, index * Page.SIZE, Page.SIZE);
      int missing = pages.missing(index, wanted);
      if (missing > 1 && !tryLock(claim, index + 1, missing - 1)) {
        missing = 1;
      }
      int run = pages.missing(index, missing);
      if (run > 0) {
        expected = index + loadAsked(index, run, last);
      }
    } finally {
      locks.release(claim);
      pages.giveClaim(claim);
    }
  }

  private boolean tryLock(Claim claim, long index, int run) {
    return locks.tryAcquire(claim, index * Page.SIZE, (long) run * Page.SIZE);
  }

  private int wanted(long index, long last) {
    int ahead = 0;
    if (index == expected) {
      ahead = Math.clamp(2L * window, FIRST_WINDOW, LAST_WINDOW);
    }
    window = ahead;
    long inFile = (io.size() + Page.SIZE - 1) / Page.SIZE - index;
    long wanted = Math.max(Math.min(ahead, inFile), last - index + 1);
    return (int) Math.clamp(wanted, 1L, WriteOut.BATCH);
  }

  /** As {@link #load}; a page ahead that cannot be read does not fail those that are asked for. */
  private int loadAsked(long index, int run, long last) throws IOException {
    int asked = (int) Math.min(run, last - index + 1);
    if (asked < run) {
      try {
        return load(index, run, last);
      } catch (IOException e) {
        // maybe one of the pages ahead: who wants it will be told
      }
    }
    return load(index, asked, last);
  }

  /** Returns how many pages it read: for those behind {@code last} no page is written out. */
  private int load(long index, int run, long last) throws IOException {
    int inserted = 0;
    boolean loaded = false;
    try {
      while (inserted < run) {
        boolean asked = index + inserted <= last;
        Page page = asked ? pool.allocate(cache) : pool.tryAllocate(cache);
        if (page == null) {
          break;
        }
        pages.insert(page, index + inserted);
        inserted++;
      }
      read(index, inserted);
      loaded = true;
    } finally {
      for (int i = 0; i < inserted; i++) {
        if (loaded) {
          pages.filled(pages.get(index + i));
        } else {
          pages.drop(index + i);
        }
      }
    }
    return inserted;
  }

  private void read(long index, int run) throws IOException {
    if (run == 1) {
      io.read(index, 1, pages.get(index).frame());
      return;
    }
    MemorySegment staging = pool.takeStaging();
    try {
      io.read(index, run, staging.asSlice(0, (long) run * Page.SIZE));
      for (int i = 0; i < run; i++) {
        pages.get(index + i).write(0, staging, (long) i * Page.SIZE, Page.SIZE);
      }
    } finally {
      pool.giveStaging(staging);
    }
  }

  /**
   * The page for a write of the bytes from {@code from} to {@code to} in it, pinned. It is locked.
   * It is read only if a byte of the file remains beside those. A page that was not there is not up
   * to date: those bytes of its frame are somebody else's until they are written.
   */
  Page forWrite(long index, int from, int to) throws IOException {
    Page cached = pages.pin(index);
    if (cached != null) {
      return cached;
    }
    Page page = pool.allocate(cache);
    pages.insert(page, index);
    boolean prepared = false;
    try {
      long inFile = io.size() - index * Page.SIZE;
      if (inFile > 0 && (from > 0 || to < Math.min(inFile, Page.SIZE))) {
        io.read(index, 1, page.frame());
      } else {
        page.zero(0, from);
        page.zero(to, Page.SIZE);
      }
      prepared = true;
    } finally {
      if (!prepared) {
        pages.drop(index);
      }
    }
    pages.pinNew(page);
    return page;
  }
}
