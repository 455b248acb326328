package dev.diolab.engine.locking;

import java.io.IOException;

/**
 * What a strategy may see and use of the page cache of an inode (its mapping).
 *
 * <p>Thread safety: all methods may be called at any time; what they say may be over when they
 * return, unless the caller's locks keep it so.
 */
public interface PageCacheView {

  /** Whether any page is cached (nrpages is not 0). One volatile read. */
  boolean hasPages();

  /** Whether the file is mapped into memory somewhere (mapping_mapped). One volatile read. */
  boolean isMapped();

  /**
   * Page locks and placeholders of the inode, one set of exclusive ranges: the cache holds the lock
   * of each page that it fills, changes or writes out, so a claim on a range keeps the cache out of
   * it, and waits for it first.
   */
  Placeholders placeholders();

  /** Whether a page of the range is dirty or being written out. */
  boolean isDirty(long offset, long bytes);

  /**
   * Writes the dirty pages of the range out and waits for them (filemap_write_and_wait_range). The
   * caller holds no placeholder of the range and none behind it.
   *
   * @throws IOException when a page cannot be written; it stays dirty
   */
  void writeAndWait(long offset, long bytes) throws IOException;
}
