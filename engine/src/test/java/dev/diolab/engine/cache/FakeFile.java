package dev.diolab.engine.cache;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A file in an array that a page cache reads and writes; its tests see and change the array. */
final class FakeFile implements PageIo {
  final byte[] bytes;
  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger pagesRead = new AtomicInteger();
  final AtomicInteger writes = new AtomicInteger();
  final AtomicInteger pagesWritten = new AtomicInteger();
  volatile long size;
  volatile boolean broken;

  /** Every transfer of this page fails. */
  volatile long brokenPage = -1;

  /** Runs in a read before its bytes are taken, and in a write after its bytes are there. */
  volatile @Nullable Runnable inRead;

  volatile @Nullable Runnable inWrite;

  /** Runs when bytes were put into a page, before i_size covers them. */
  volatile @Nullable Runnable inExtend;

  /** A file of {@code pages} pages; byte i is {@link #initial}(i). */
  FakeFile(int pages) {
    bytes = new byte[pages * Page.SIZE];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = initial(i);
    }
    size = bytes.length;
  }

  static byte initial(int at) {
    return (byte) (1 + (at + 7 * (at / Page.SIZE)) % 120);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void extend(long end) {
    run(inExtend);
    synchronized (this) {
      size = Math.max(size, end);
    }
  }

  @Override
  public void read(long firstPage, int pages, MemorySegment into) throws IOException {
    reads.incrementAndGet();
    pagesRead.addAndGet(pages);
    check(firstPage, pages, into);
    run(inRead);
    int from = (int) firstPage * Page.SIZE;
    int count = (int) Math.clamp(size - from, 0L, (long) pages * Page.SIZE);
    into.fill((byte) 0);
    MemorySegment.copy(MemorySegment.ofArray(bytes), Math.min(from, bytes.length), into, 0, count);
  }

  @Override
  public void write(long firstPage, int pages, MemorySegment from, byte[] dirtySectors)
      throws IOException {
    writes.incrementAndGet();
    check(firstPage, pages, from);
    int to = (int) firstPage * Page.SIZE;
    int count = (int) Math.clamp(size - to, 0L, (long) pages * Page.SIZE);
    for (int at = 0; at < count; at += Page.SECTOR) {
      if ((dirtySectors[at / Page.SIZE] & (1 << (at % Page.SIZE / Page.SECTOR))) != 0) {
        int part = Math.min(Page.SECTOR, count - at);
        MemorySegment.copy(from, at, MemorySegment.ofArray(bytes), to + at, part);
      }
    }
    pagesWritten.addAndGet(pages);
    run(inWrite);
  }

  private void check(long firstPage, int pages, MemorySegment segment) throws IOException {
    if (pages < 1 || firstPage < 0 || segment.byteSize() != (long) pages * Page.SIZE) {
      throw new AssertionError(pages + " pages in " + segment.byteSize() + " bytes");
    }
    if (broken || (firstPage <= brokenPage && brokenPage < firstPage + pages)) {
      throw new IOException("page " + firstPage + " is broken");
    }
  }

  private static void run(@Nullable Runnable hook) {
    if (hook != null) {
      hook.run();
    }
  }

  /** As a direct write: changes the file beneath the cache. */
  void put(int at, int value) {
    bytes[at] = (byte) value;
  }

  byte[] copyOf(int from, int to) {
    return Arrays.copyOfRange(bytes, from, to);
  }
}
