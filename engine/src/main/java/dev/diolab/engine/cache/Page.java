package dev.diolab.engine.cache;

import java.lang.foreign.MemorySegment;

/**
 * A page of a {@link PageCache}. Outside this package it is seen only while it is pinned, by the
 * owner of a user buffer that maps the file ({@link PageCache#pin}): the frame stays, whatever
 * happens to the page. A page that is truncated or punched meanwhile is detached: what is written
 * to it then reaches no file, as a store into a page that lost its mapping.
 *
 * <p>Thread safety: all methods may be called at once. Copies that overlap may mix.
 */
public final class Page {

  /** Copies {@code bytes} of the page from {@code at} on into {@code into}. */
  public void read(int at, MemorySegment into, long to, int bytes) {}

  /**
   * Copies bytes into the page. They reach the device only if {@link #markDirty} follows; takes no
   * page lock, so a write-out meanwhile may see a part of them.
   */
  public void write(int at, MemorySegment from, long fromAt, int bytes) {}

  /** Says that the page was written to (set_page_dirty). Its blocks exist. */
  public void markDirty() {}

  /** Ends one pin. The page must not be used afterwards. */
  public void unpin() {}
}
