package dev.diolab.engine.cache;

import dev.diolab.engine.locking.Placeholders.Claim;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one inode and their states. The monitor of this object is Linux's {@code
 * mapping->tree_lock}: without it a page could be handed to a reader while its frame goes to
 * another file.
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>a frame is given back only when its page is out of the table and nobody has it pinned;
 *   <li>only clean pages that nobody has pinned are {@linkplain #evict evicted};
 *   <li>a page that is being filled is in the table, so that whoever wants it gone waits for its
 *       lock;
 *   <li>the monitor is never held while a page is read, written or copied, nor while another lock
 *       is taken.
 * </ol>
 *
 * <p>What "locked" means below: the caller holds the page in the inode's placeholders.
 */
final class CachedPages {
  private final PagePool pool;

  /** [this] */
  private final PageTable table = new PageTable();

  /** Claims for page locks that no thread uses now. [this] */
  private final ArrayDeque<Claim> claims = new ArrayDeque<>(2);

  /** Whether the table holds a page. Moved under [this], read without a lock. */
  private volatile boolean any;

  /** [this] */
  private int dirtyPages;

  /** When the oldest dirty page became dirty, by the pool's clock. [this] */
  private long dirtySince;

  CachedPages(PagePool pool) {
    this.pool = pool;
  }

  boolean any() {
    return any;
  }

  /** A claim for page locks; give it back empty. */
  synchronized Claim takeClaim() {
    Claim claim = claims.pollLast();
    return claim == null ? new Claim() : claim;
  }

  synchronized void giveClaim(Claim claim) {
    claims.addLast(claim);
  }

  /** The page if it is up to date, pinned. */
  synchronized @Nullable Page pin(long index) {
    Page page = table.get(index);
    if (page == null || !page.upToDate) {
      return null;
    }
    page.pins++;
    page.referenced = true;
    return page;
  }

  /** The page if it is up to date, pinned for a user buffer. */
  synchronized @Nullable Page hold(long index) {
    Page page = pin(index);
    if (page != null) {
      page.holds++;
    }
    return page;
  }

  void unpin(Page page) {
    boolean free;
    synchronized (this) {
      page.pins--;
      free = page.detached && page.pins == 0;
    }
    if (free) {
      pool.free(page);
    }
  }

  void unhold(Page page) {
    synchronized (this) {
      if (page.holds == 0) {
        throw new AssertionError("page " + page.index + " is not pinned");
      }
      page.holds--;
    }
    unpin(page);
  }

  /** Puts a new page into the table, not up to date. It is locked. */
  synchronized void insert(Page page, long index) {
    page.index = index;
    page.upToDate = false;
    page.detached = false;
    page.referenced = true;
    table.put(page);
    any = true;
  }

  /** The frame holds what the file holds. The page is locked. */
  synchronized void filled(Page page) {
    page.upToDate = true;
  }

  /** Pins a page that only who has it locked can see. */
  synchronized void pinNew(Page page) {
    page.pins++;
  }

  /** Drops the page if it is not up to date. It is locked. */
  void dropUnfilled(Page page) {
    boolean unfilled;
    synchronized (this) {
      unfilled = !page.upToDate;
    }
    if (unfilled) {
      drop(page.index);
    }
  }

  /** The page in the table, whether up to date or not. For who locked it. */
  synchronized Page get(long index) {
    Page page = table.get(index);
    if (page == null) {
      throw new AssertionError("locked page " + index + " left the table");
    }
    return page;
  }

  /** How many pages from {@code index} on are not in the table, at most {@code most}. */
  synchronized int missing(long index, int most) {
    return (int) Math.min(most, table.nextPage(index) - index);
  }

  /** Index of the first page from {@code index} on, or {@link PageTable#NONE}. */
  synchronized long nextPage(long index) {
    return table.nextPage(index);
  }

  /** Index of the first page from {@code index} on that is dirty or under write-out, or NONE. */
  synchronized long nextBusy(long index) {
    return table.nextBusy(index);
  }

  /** Number of dirty pages in a row from {@code index} on, at most {@code most}. */
  synchronized int dirtyRun(long index, long most) {
    int run = 0;
    while (run < most && isDirty(index + run)) {
      run++;
    }
    return run;
  }

  private boolean isDirty(long index) {
    Page page = table.get(index);
    return page != null && page.isDirty();
  }

  synchronized int dirtyPages() {
    return dirtyPages;
  }

  /** When the oldest dirty page became dirty, by the pool's clock; says nothing without one. */
  synchronized long dirtySince() {
    return dirtySince;
  }

  /** What is dirty now counts as just become so. */
  synchronized void restartAge(long now) {
    dirtySince = now;
  }

  /** Makes sectors of a pinned page dirty, unless it is detached; whether it was clean before. */
  synchronized boolean markDirty(Page page, int sectors) {
    if (page.detached) {
      return false;
    }
    boolean wasClean = !page.isDirty();
    setDirty(page, page.dirtySectors | sectors);
    return wasClean;
  }

  /** Turns dirty pages in a row, which are locked, to be under write-out; returns how many. */
  synchronized int beginWriteback(long index, int most) {
    int run = dirtyRun(index, most);
    for (int i = 0; i < run; i++) {
      Page page = get(index + i);
      page.writeback = true;
      page.writtenSectors = page.dirtySectors;
      setDirty(page, 0);
    }
    return run;
  }

  /** Ends what {@link #beginWriteback} began; pages that were not written are dirty again. */
  synchronized void endWriteback(long index, int run, boolean written) {
    for (int i = 0; i < run; i++) {
      Page page = get(index + i);
      page.writeback = false;
      setDirty(page, page.dirtySectors | (written ? 0 : page.writtenSectors));
    }
  }

  private void setDirty(Page page, int sectors) {
    boolean dirty = sectors != 0;
    if (page.isDirty() != dirty) {
      if (dirty && dirtyPages == 0) {
        dirtySince = pool.now();
      }
      dirtyPages += dirty ? 1 : -1;
      pool.countDirty(dirty ? 1 : -1);
    }
    page.dirtySectors = sectors;
    table.noteBusy(page);
  }

  /**
   * Drops a locked page, if it is there and clean and no user buffer has it pinned.
   *
   * @return whether the page is gone
   */
  boolean dropClean(long index) {
    return drop(index, false);
  }

  /** Drops a locked page if it is there, dirty or not. */
  void drop(long index) {
    drop(index, true);
  }

  private boolean drop(long index, boolean dirtyToo) {
    Page page;
    boolean free;
    synchronized (this) {
      page = table.get(index);
      if (page == null) {
        return true;
      }
      if (page.writeback || (!dirtyToo && (page.isDirty() || page.holds > 0))) {
        if (dirtyToo) {
          throw new AssertionError("locked page " + index + " is under write-out");
        }
        return false;
      }
      setDirty(page, 0);
      free = takeOut(page);
    }
    if (free) {
      pool.free(page);
    }
    return true;
  }

  /** Takes the page out of the table if nobody could miss it; the frame is the caller's then. */
  synchronized boolean evict(Page page) {
    if (!page.upToDate || page.pins > 0 || page.isDirty() || page.writeback) {
      return false;
    }
    if (page.referenced) {
      page.referenced = false;
      return false;
    }
    return takeOut(page);
  }

  /** Whether the frame is free now; else it is free with the last unpin. */
  private boolean takeOut(Page page) {
    table.remove(page);
    any = table.size() > 0;
    page.upToDate = false;
    page.detached = page.pins > 0;
    return !page.detached;
  }
}
