package dev.diolab.benchmarks.workload;

import dev.diolab.engine.file.DioRequest;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A relation that backends extend, as PostgreSQL since 16 does (facts on databases, 1.3): under the
 * extension lock, by so many pages as its holder and those who wait for the lock want, at most 64.
 * Up to 8 pages are written as zeros; more are preallocated, unless the variant writes zeros there
 * too.
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>{@link #claim} gives every page to one backend only, and after it is inside i_size;
 *   <li>after {@link #fail} nobody waits and nothing is claimed.
 * </ol>
 *
 * <p>Thread safety: {@link #claim}, {@link #awaitHalf}, {@link #write}, {@link #read} and {@link
 * #fail} by any threads.
 */
final class HeapRelation {
  /** Bytes of a page: BLCKSZ. */
  static final int PAGE_BYTES = 8 << 10;

  /** Pages that a backend wants at a time. */
  static final int WANTED_PAGES = 8;

  /** No page is left. */
  static final int NONE = -1;

  /** MAX_BUFFERS_TO_EXTEND_BY. */
  private static final int MOST_PAGES = 64;

  /** mdzeroextend writes zeros up to so many pages. */
  private static final int MOST_ZEROED_PAGES = 8;

  private final StampedFile file;
  private final HeapVariant variant;
  private final int pages;
  private final CountDownLatch half = new CountDownLatch(1);

  /** relation extension lock: two would extend by the same pages. */
  private final ReentrantLock extensionLock = new ReentrantLock();

  /** [extensionLock] */
  private final DioRequest zeros;

  /** Pages inside i_size. [extensionLock] */
  private int extended;

  /** Pages that have an owner. [extensionLock] */
  private int claimed;

  private volatile boolean failed;

  /** An empty relation that will have {@code pages}, a multiple of {@link #WANTED_PAGES}. */
  HeapRelation(WorkVolume volume, HeapVariant variant, int pages, long trial) throws IOException {
    if (pages < WANTED_PAGES || pages % WANTED_PAGES != 0) {
      throw new IllegalArgumentException(
          "a relation of " + pages + " pages: must be a multiple of " + WANTED_PAGES);
    }
    this.variant = variant;
    this.pages = pages;
    this.file = new StampedFile(volume.volume().create(), (long) pages * PAGE_BYTES, trial);
    this.zeros = new DioRequest(volume.volume().allocateBuffer((long) MOST_PAGES * PAGE_BYTES));
  }

  /**
   * The first of {@link #WANTED_PAGES} pages that are the caller's from now on, or {@link #NONE}.
   */
  int claim() throws IOException {
    extensionLock.lock();
    try {
      if (failed || claimed == pages) {
        return NONE;
      }
      if (claimed == extended) {
        int wanted = WANTED_PAGES * (1 + extensionLock.getQueueLength());
        extend(Math.min(Math.min(MOST_PAGES, wanted), pages - extended));
      }
      int first = claimed;
      claimed += WANTED_PAGES;
      return first;
    } finally {
      extensionLock.unlock();
    }
  }

  private void extend(int by) throws IOException {
    long offset = (long) extended * PAGE_BYTES;
    int bytes = by * PAGE_BYTES;
    if (variant.fallocates() && by > MOST_ZEROED_PAGES) {
      file.file().fallocate(offset, bytes, false);
    } else {
      write(zeros.prepare(0, offset, bytes, false), bytes);
    }
    extended += by;
    if (extended >= pages / 2) {
      half.countDown();
    }
  }

  /** Waits until half of the pages are there. */
  void awaitHalf() {
    try {
      half.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("a worker was interrupted", e);
    }
  }

  /** Lets all others end because one failed. */
  void fail() {
    failed = true;
    half.countDown();
  }

  /** Marks {@code count} pages from {@code page} on in {@code buffer} as what is written next. */
  void stamp(MemorySegment buffer, int page, int count) {
    file.stamp(buffer, count * PAGE_BYTES, (long) page * PAGE_BYTES);
  }

  /** Writes {@code bytes} the way the variant says. */
  void write(DioRequest request, int bytes) throws IOException {
    int moved =
        variant.buffered() ? file.file().writeBuffered(request) : file.file().write(request);
    if (moved != bytes) {
      throw new AssertionError(request + " moved " + moved + " bytes");
    }
  }

  /** Reads the way the variant says; the bytes read. */
  int read(DioRequest request) throws IOException {
    return variant.buffered() ? file.file().readBuffered(request) : file.file().read(request);
  }

  StampedFile stamped() {
    return file;
  }

  int pages() {
    return pages;
  }
}
