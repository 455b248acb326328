package dev.diolab.engine.cache;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * How a page cache moves pages of one inode from and to the device. The cache calls it with the
 * locks of all pages concerned held.
 */
public interface PageIo {

  /** i_size in bytes. */
  long size();

  /**
   * Bytes up to {@code end} of the file were copied into a page: moves i_size there unless it is
   * there already. The cache calls it under the page's lock, when the page is dirty: an fsync that
   * sees the new size then finds the page, and waits for its lock. Only after the lock is released
   * the page can be written out: write-out takes what lies behind i_size for worthless
   * (ext4_write_end moves i_size under the page lock too).
   */
  void extend(long end);

  /**
   * Reads pages. It looks at i_size itself, after it was called: the page may be older than a
   * truncate, which drops the page if the page does not see it. Holes, unwritten blocks and what
   * lies at or behind i_size read as zeros.
   *
   * @param firstPage index of the first page
   * @param pages number of pages, at least 1
   * @param into takes them one after the other; of the device, see {@code
   *     BlockDevice.allocateBuffer}
   */
  void read(long firstPage, int pages, MemorySegment into) throws IOException;

  /**
   * Writes those blocks of pages up to i_size of which a sector is dirty, makes them written, and
   * moves i_disksize over the pages. Visible to direct readers when it returns, durable after the
   * next fsync. What the last page holds behind i_size is written as zeros.
   *
   * <p>The other blocks are left alone, as those of clean buffers are in Linux: a direct write of
   * one of them may be in flight, and the page may be older than it.
   *
   * @param firstPage index of the first page
   * @param pages number of pages, at least 1
   * @param from holds them one after the other, and may be changed
   * @param dirtySectors of each page, a bit for each of its sectors, the first one lowest
   */
  void write(long firstPage, int pages, MemorySegment from, byte[] dirtySectors) throws IOException;
}
