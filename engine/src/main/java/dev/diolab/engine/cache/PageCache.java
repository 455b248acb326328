package dev.diolab.engine.cache;

import dev.diolab.engine.locking.PageCacheView;
import dev.diolab.engine.locking.Placeholders;
import dev.diolab.engine.locking.Placeholders.Claim;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The page cache of one inode. The lock of a page is a claim on it in {@link #placeholders}, held
 * while the page is filled, written to, written out or dropped; a read of a page that is up to date
 * takes no page lock (as Linux).
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>who changes the device beneath cached pages calls {@link #invalidate} afterwards;
 *   <li>who makes the file shorter moves i_size before {@link #truncate};
 *   <li>a caller holds no claim on the pages it names, except where a method says so.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>after {@link #invalidate} returned true, a read sees what was on the device when it was
 *       called, or newer bytes;
 *   <li>a byte that was written stays readable and dirty until it is on the device; a write-out
 *       that fails leaves it dirty and somebody is told;
 *   <li>reads and overwrites of cached pages allocate nothing;
 *   <li>no page lock is waited for by a thread that holds another, except in ascending order.
 * </ol>
 *
 * <p>Thread safety: all methods may be called at once. Bytes that are written while they are read
 * or written by another thread may mix.
 */
public final class PageCache implements PageCacheView {
  private final PagePool pool;
  private final PageIo io;
  private final Placeholders locks = new Placeholders();
  private final CachedPages pages;
  private final PageFill filler;
  private final WriteOut writeOut;
  private final AtomicInteger mappings = new AtomicInteger();

  /** An empty cache; costs next to nothing until its first page. */
  public PageCache(PagePool pool, PageIo io) {
    this.pool = pool;
    this.io = io;
    this.pages = new CachedPages(pool);
    this.filler = new PageFill(pool, this, io, pages, locks);
    this.writeOut = new WriteOut(pool, io, pages, locks);
  }

  @Override
  public boolean hasPages() {
    return pages.any();
  }

  @Override
  public boolean isMapped() {
    return mappings.get() > 0;
  }

  @Override
  public Placeholders placeholders() {
    return locks;
  }

  @Override
  public boolean isDirty(long offset, long bytes) {
    return bytes > 0
        && pages.any()
        && pages.nextBusy(offset / Page.SIZE) <= lastPage(offset, bytes);
  }

  /**
   * {@inheritDoc} Throws also when the background writer, or a thread that needed memory, could not
   * write a page of this inode since the last call: each such failure is told once (errseq).
   */
  @Override
  public void writeAndWait(long offset, long bytes) throws IOException {
    if (bytes > 0) {
      writeOut.writeAndWait(offset / Page.SIZE, lastPage(offset, bytes));
    }
  }

  /**
   * Writes out all pages that are dirty now, and waits (fsync).
   *
   * @throws IOException as {@link #writeAndWait}
   */
  public void writeAll() throws IOException {
    writeAndWait(0, Long.MAX_VALUE);
  }

  /** Pages of this cache that are dirty now. */
  public int dirtyPages() {
    return pages.dirtyPages();
  }

  /** One more mapping of the file exists. */
  public void mapped() {
    mappings.incrementAndGet();
  }

  /** One mapping of the file less exists. */
  public void unmapped() {
    mappings.decrementAndGet();
  }

  /**
   * Copies cached bytes, reading pages that are missing (with read-ahead when reads follow each
   * other). The caller has cut the range at i_size.
   *
   * @param nowait whether to stop at the first page that is not there or not up to date
   * @return bytes copied; fewer than asked only with {@code nowait}
   */
  public int read(long offset, MemorySegment into, long at, int bytes, boolean nowait)
      throws IOException {
    int done = 0;
    while (done < bytes) {
      long place = offset + done;
      Page page = pages.pin(place / Page.SIZE);
      if (page != null) {
        int inPage = (int) (place % Page.SIZE);
        int count = Math.min(bytes - done, Page.SIZE - inPage);
        try {
          page.read(inPage, into, at + done, count);
        } finally {
          pages.unpin(page);
        }
        done += count;
      } else if (nowait) {
        break;
      } else {
        filler.fill(place / Page.SIZE, lastPage(place, bytes - done));
      }
    }
    return done;
  }

  /**
   * Copies bytes into pages and makes them dirty, page by page under each page's lock; pages of
   * which only a part is written are read first. The blocks exist already. {@link PageIo#extend}
   * moves i_size page by page.
   *
   * @throws IOException when a page cannot be read; what lies before it was written
   */
  public void write(long offset, MemorySegment from, long at, int bytes) throws IOException {
    Objects.checkFromIndexSize(at, bytes, from.byteSize()); // before a frame is half filled
    Claim claim = pages.takeClaim();
    int dirtied = 0;
    try {
      int done = 0;
      while (done < bytes) {
        long place = offset + done;
        int count = Math.min(bytes - done, Page.SIZE - (int) (place % Page.SIZE));
        locks.acquire(claim, place, count);
        try {
          dirtied += writePage(place, from, at + done, count) ? 1 : 0;
        } finally {
          locks.release(claim);
        }
        done += count;
      }
    } finally {
      pages.giveClaim(claim);
    }
    if (dirtied > 0) {
      pool.balance(dirtied);
    }
  }

  private boolean writePage(long place, MemorySegment from, long at, int count) throws IOException {
    int inPage = (int) (place % Page.SIZE);
    Page page = filler.forWrite(place / Page.SIZE, inPage, inPage + count);
    try {
      page.write(inPage, from, at, count);
      boolean wasClean = markDirty(page, Page.sectors(inPage, inPage + count));
      io.extend(place + count);
      pages.filled(page);
      return wasClean;
    } finally {
      pages.dropUnfilled(page);
      pages.unpin(page);
    }
  }

  /**
   * Finds the page or faults it in, and pins it. A page that is cached takes no page lock; one that
   * is not waits for its page lock, which may be the caller's own placeholder: then for ever
   * (Linus's deadlock). While it is pinned, {@link #invalidate} fails for it.
   *
   * @param index index of the page in the file
   */
  public Page pin(long index) throws IOException {
    Page page = pages.hold(index);
    while (page == null) {
      filler.fill(index, index);
      page = pages.hold(index);
    }
    return page;
  }

  /**
   * Zeroes what is cached of a range, and leaves the pages as clean or dirty as they are. The
   * caller holds a claim on all its pages.
   */
  public void zeroLocked(long offset, long end) {
    long index = pages.nextPage(offset / Page.SIZE);
    while (index != PageTable.NONE && index * Page.SIZE < end) {
      zeroIn(index, offset, end);
      index = pages.nextPage(index + 1);
    }
  }

  private void zeroIn(long index, long offset, long end) {
    Page page = pages.pin(index);
    if (page != null) {
      long start = index * Page.SIZE;
      page.zero((int) Math.max(0, offset - start), (int) Math.min(Page.SIZE, end - start));
      pages.unpin(page);
    }
  }

  /**
   * Drops the clean pages of the range, waiting for locks of pages.
   *
   * @return false when a page had to stay, because it is dirty, under write-out or pinned
   */
  public boolean invalidate(long offset, long bytes) {
    if (bytes <= 0 || !pages.any()) {
      return true;
    }
    return dropAll(offset / Page.SIZE, lastPage(offset, bytes), false);
  }

  /**
   * As {@link #invalidate}, without waiting (NOWAIT).
   *
   * @return false also when the lock of a page is taken
   */
  public boolean tryInvalidate(long offset, long bytes) {
    if (bytes <= 0 || !pages.any()) {
      return true;
    }
    Claim claim = pages.takeClaim();
    boolean gone = true;
    long last = lastPage(offset, bytes);
    for (long i = pages.nextPage(offset / Page.SIZE); i <= last; i = pages.nextPage(i + 1)) {
      gone &= locks.tryAcquire(claim, i * Page.SIZE, Page.SIZE) && pages.dropClean(i);
      locks.release(claim);
    }
    pages.giveClaim(claim);
    return gone;
  }

  /**
   * Drops all pages behind {@code newSize}, dirty or not, waiting for their locks and write-out,
   * and zeroes what its last page holds behind it. Waits also for locks of pages that are not
   * cached: a fault that saw the old size may be giving such a page blocks.
   */
  public void truncate(long newSize) {
    locks.drainFrom(newSize);
    if (pages.any()) {
      dropBehind(newSize);
    }
    pool.forgetIfClean(writeOut);
  }

  private void dropBehind(long newSize) {
    long firstGone = newSize / Page.SIZE;
    if (newSize % Page.SIZE != 0) {
      zeroTail(newSize, ++firstGone * Page.SIZE);
    }
    dropAll(firstGone, PageTable.NONE - 1, true);
  }

  private void zeroTail(long from, long end) {
    Claim claim = pages.takeClaim();
    if (pages.nextPage(from / Page.SIZE) == from / Page.SIZE) {
      locks.acquire(claim, from, end - from);
      zeroLocked(from, end);
      locks.release(claim);
    }
    pages.giveClaim(claim);
  }

  /** Drops pages one by one, each under its lock; whether all are gone. */
  private boolean dropAll(long first, long last, boolean dirtyToo) {
    Claim claim = pages.takeClaim();
    boolean gone = true;
    for (long i = pages.nextPage(first); i <= last; i = pages.nextPage(i + 1)) {
      locks.acquire(claim, i * Page.SIZE, Page.SIZE);
      if (dirtyToo) {
        pages.drop(i);
      } else {
        gone &= pages.dropClean(i);
      }
      locks.release(claim);
    }
    pages.giveClaim(claim);
    return gone;
  }

  /**
   * Drops or zeroes what is cached of a range whose blocks are going away. The caller holds a claim
   * on all its pages.
   */
  public void punchLocked(long offset, long end) {
    long firstWhole = (offset + Page.SIZE - 1) / Page.SIZE;
    long behindWhole = end / Page.SIZE;
    for (long i = pages.nextPage(firstWhole); i < behindWhole; i = pages.nextPage(i + 1)) {
      pages.drop(i);
    }
    zeroLocked(offset, end);
  }

  boolean evict(Page page) {
    return pages.evict(page);
  }

  boolean markDirty(Page page, int sectors) {
    boolean wasClean = pages.markDirty(page, sectors);
    if (wasClean) {
      pool.dirtied(writeOut);
    }
    return wasClean;
  }

  void unhold(Page page) {
    pages.unhold(page);
  }

  private static long lastPage(long offset, long bytes) {
    long last = bytes > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + bytes - 1;
    return last / Page.SIZE;
  }
}
