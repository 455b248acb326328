package dev.diolab.engine.cache;

import dev.diolab.engine.locking.PageCacheView;
import dev.diolab.engine.locking.Placeholders;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** The page cache of one inode. To be built. */
public final class PageCache implements PageCacheView {
  private final Placeholders placeholders = new Placeholders();

  /** An empty cache; costs next to nothing until its first page. */
  public PageCache(PagePool pool, PageIo io) {
    if (pool.limitBytes() < 1 || io.size() < 0) {
      throw new IllegalArgumentException("no pool or no file");
    }
  }

  @Override
  public boolean hasPages() {
    return false;
  }

  @Override
  public boolean isMapped() {
    return false;
  }

  @Override
  public Placeholders placeholders() {
    return placeholders;
  }

  @Override
  public boolean isDirty(long offset, long bytes) {
    return false;
  }

  @Override
  public void writeAndWait(long offset, long bytes) throws IOException {}

  /**
   * Writes out all pages that are dirty now, and waits (fsync).
   *
   * @throws IOException when a page cannot be written now, or could not be written by the
   *     background writer since the last call that waited: each such failure is told once (errseq)
   */
  public void writeAll() throws IOException {}

  /** Pages of this cache that are dirty now. */
  public int dirtyPages() {
    return 0;
  }

  /** One more mapping of the file exists. */
  public void mapped() {}

  /** One mapping of the file less exists. */
  public void unmapped() {}

  /**
   * Copies cached bytes, reading pages that are missing (with read-ahead when reads follow each
   * other). The caller has cut the range at i_size.
   *
   * @param nowait whether to stop at the first page that is not there or not up to date
   * @return bytes copied; fewer than asked only with {@code nowait}
   */
  public int read(long offset, MemorySegment into, long at, int bytes, boolean nowait)
      throws IOException {
    return 0;
  }

  /**
   * Copies bytes into pages and makes them dirty, page by page under each page's lock; pages of
   * which only a part is written are read first. The blocks exist already. {@link PageIo#extend}
   * moves i_size page by page.
   *
   * @throws IOException when a page cannot be read; what lies before it was written
   */
  public void write(long offset, MemorySegment from, long at, int bytes) throws IOException {}

  /**
   * Finds the page or faults it in, and pins it. A page that is cached takes no page lock; one that
   * is not waits for its page lock, which may be the caller's own placeholder: then for ever
   * (Linus's deadlock). While it is pinned, {@link #invalidate} fails for it.
   *
   * @param index index of the page in the file
   */
  public Page pin(long index) throws IOException {
    return new Page();
  }

  /**
   * Zeroes what is cached of a range, and leaves the pages as clean or dirty as they are. The
   * caller holds a claim on all its pages.
   */
  public void zeroLocked(long offset, long end) {}

  /**
   * Drops the clean pages of the range, waiting for locks of pages.
   *
   * @return false when a page had to stay, because it is dirty, under write-out or pinned
   */
  public boolean invalidate(long offset, long bytes) {
    return true;
  }

  /**
   * Drops all pages behind {@code newSize}, dirty or not, waiting for their locks and write-out,
   * and zeroes what its last page holds behind it.
   */
  public void truncate(long newSize) {}

  /**
   * Drops or zeroes what is cached of a range whose blocks are going away. The caller holds a claim
   * on all its pages.
   */
  public void punchLocked(long offset, long end) {}
}
