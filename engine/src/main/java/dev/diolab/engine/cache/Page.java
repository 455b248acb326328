package dev.diolab.engine.cache;

import dev.diolab.engine.locking.Placeholders;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * A page of a {@link PageCache}: its frame of memory and its state. Outside this package it is seen
 * only while it is pinned, by the owner of a user buffer that maps the file ({@link
 * PageCache#pin}): the frame stays, whatever happens to the page. A page that is truncated or
 * punched meanwhile is detached: what is written to it then reaches no file, as a store into a page
 * that lost its mapping.
 *
 * <p>The frame is used for one page after another.
 *
 * <p>Thread safety: all public methods may be called at once. Copies that overlap may mix.
 */
public final class Page {
  /** Bytes of a page. */
  public static final int SIZE = Placeholders.PAGE_SIZE;

  /** Bytes of a sector: what is written out of a page is told by sector. */
  public static final int SECTOR = 512;

  /** All sectors of a page, a bit for each, the first one lowest. */
  static final int ALL_SECTORS = (1 << (SIZE / SECTOR)) - 1;

  private final MemorySegment slab;
  private final long start;

  /** Whether the frame was made beyond the limit of memory and goes away when it is free. */
  final boolean extra;

  /** Whose page it is; null while the frame is free. Stays while the page is pinned. [pool] */
  @Nullable PageCache owner;

  /** Next free frame. [pool] */
  @Nullable Page nextFree;

  /** Where the frame stands among all frames. [pool] */
  int slot;

  /** Index of the page in its file. [pages] */
  long index;

  /** Whether the frame holds what the file holds; false while it is being filled. [pages] */
  boolean upToDate;

  /** The sectors of which the frame is newer than the device. [pages] */
  int dirtySectors;

  /** The sectors that are being written to the device. [pages] */
  int writtenSectors;

  /** Whether the frame is being written to the device. [pages] */
  boolean writeback;

  /** Whether the page was used since the clock's hand passed. [pages] */
  boolean referenced;

  /** Whether the page is no longer in the table and waits for its last pin to end. [pages] */
  boolean detached;

  /** Copies at work and user buffers that need the frame. [pages] */
  int pins;

  /** How many of the pins are user buffers. [pages] */
  int holds;

  Page(MemorySegment slab, long start, boolean extra) {
    this.slab = slab;
    this.start = start;
    this.extra = extra;
  }

  /** Copies {@code bytes} of the page from {@code at} on into {@code into}. */
  public void read(int at, MemorySegment into, long to, int bytes) {
    check(at, bytes);
    MemorySegment.copy(slab, start + at, into, to, bytes);
  }

  /**
   * Copies bytes into the page. They reach the device only if {@link #markDirty} follows; takes no
   * page lock, so a write-out meanwhile may see a part of them.
   */
  public void write(int at, MemorySegment from, long fromAt, int bytes) {
    check(at, bytes);
    MemorySegment.copy(from, fromAt, slab, start + at, bytes);
  }

  /** Says that the page was written to anywhere (set_page_dirty). Its blocks exist. */
  public void markDirty() {
    ownerOfPinned().markDirty(this, ALL_SECTORS);
  }

  /** Whether the frame is newer than the device. */
  boolean isDirty() {
    return dirtySectors != 0;
  }

  /** The sectors of the bytes from {@code from} to {@code to - 1} of a page. */
  static int sectors(int from, int to) {
    int first = from / SECTOR;
    int behind = (to + SECTOR - 1) / SECTOR;
    return ALL_SECTORS & ((1 << behind) - (1 << first));
  }

  /** Ends one pin. The page must not be used afterwards. */
  public void unpin() {
    ownerOfPinned().unhold(this);
  }

  void zero(int from, int to) {
    frame().asSlice(from, to - from).fill((byte) 0);
  }

  MemorySegment frame() {
    return slab.asSlice(start, SIZE);
  }

  private PageCache ownerOfPinned() {
    if (owner == null) {
      throw new AssertionError("page " + index + " is used after its last unpin");
    }
    return owner;
  }

  private static void check(int at, int bytes) {
    if (at < 0 || bytes < 0 || bytes > SIZE - at) {
      throw new IndexOutOfBoundsException("bytes " + at + "+" + bytes + " of a page");
    }
  }
}
