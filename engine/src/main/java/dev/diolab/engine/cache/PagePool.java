package dev.diolab.engine.cache;

import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The memory of all page caches of a volume: it hands out page frames up to a limit and takes them
 * back from the caches, clean pages that nobody used lately first (second chance).
 *
 * <p>If all pages are dirty, the thread that wants a frame writes some out; it may hold page locks
 * meanwhile, so it takes only pages whose locks are free. If nothing can be freed because all pages
 * are pinned or locked, the limit is exceeded rather than waited for: who holds them may be waiting
 * for the caller.
 *
 * <p>Thread safety: all methods may be called at once, with no monitor held.
 */
public final class PagePool implements AutoCloseable {
  /** Least limit of memory. */
  private static final long LEAST_BYTES = 1L << 20;

  /** Frames that are allocated at once. */
  static final int SLAB_PAGES = 64;

  /** Staging buffers that are kept for the next transfer. */
  private static final int KEPT_STAGING = 4;

  /** Dirty pages beyond one in that many wake the background writer. */
  private static final int BACKGROUND_SHARE = 10;

  /** Who makes more than one page in that many dirty writes some out himself. */
  private static final int FOREGROUND_SHARE = 2;

  private final BlockDevice device;
  private final long limitBytes;
  private final LongSupplier clock;
  private final DirtyFiles dirtyFiles = new DirtyFiles();
  private final AtomicInteger dirtyPages = new AtomicInteger();
  private final @Nullable BackgroundWriter writer;
  private final Frames frames;

  /** Lets one thread at a time write out for want of memory, after the page locks it holds. */
  private final ReentrantLock reclaim = new ReentrantLock();

  /** [staging] */
  private final ArrayDeque<MemorySegment> staging = new ArrayDeque<>(KEPT_STAGING);

  /**
   * A pool that allocates nothing before the first page is asked for.
   *
   * @param limitBytes most bytes of pages; at least one MiB
   * @param backgroundWriter whether a thread writes dirty pages out: when they are older than 5
   *     seconds or more than a tenth of the limit. Without it they are written by fsync, and by
   *     threads that dirty more than half of the limit
   */
  public PagePool(BlockDevice device, long limitBytes, boolean backgroundWriter) {
    this(device, limitBytes, backgroundWriter, System::nanoTime, SLAB_PAGES);
  }

  /**
   * For tests: with a clock in nanoseconds, and the number of frames that are allocated at once.
   */
  PagePool(
      BlockDevice device,
      long limitBytes,
      boolean backgroundWriter,
      LongSupplier clock,
      int slabPages) {
    if (limitBytes < LEAST_BYTES) {
      throw new IllegalArgumentException(
          "page cache of " + limitBytes + " bytes is less than " + LEAST_BYTES);
    }
    this.device = device;
    this.limitBytes = limitBytes;
    this.clock = clock;
    this.frames =
        new Frames(device, (int) Math.min(Integer.MAX_VALUE, limitBytes / Page.SIZE), slabPages);
    this.writer = backgroundWriter ? new BackgroundWriter(this) : null;
  }

  /** Most bytes of pages. */
  public long limitBytes() {
    return limitBytes;
  }

  /** Frames of pages that are allocated now, used or free. */
  public int frames() {
    return frames.allocated();
  }

  /** Pages of all files that are dirty now. */
  public int dirtyPages() {
    return dirtyPages.get();
  }

  /** How often a frame was allocated beyond the limit, because none could be freed. */
  public long timesBeyondLimit() {
    return frames.timesBeyondLimit();
  }

  /** Ends the background writer, if one was started. Writes nothing out. */
  @Override
  public void close() {
    if (writer != null) {
      writer.close();
    }
  }

  /**
   * A frame for a page of {@code owner}.
   *
   * @throws IOException when all pages are dirty and cannot be written
   */
  Page allocate(PageCache owner) throws IOException {
    Page page = frames.allocate(owner);
    return page == null ? reclaim(owner) : page;
  }

  /** A frame that is free, or whose page is clean and unused lately; null when there is none. */
  @Nullable Page tryAllocate(PageCache owner) {
    return frames.allocate(owner);
  }

  private Page reclaim(PageCache owner) throws IOException {
    reclaim.lock();
    try {
      Page page = frames.allocate(owner);
      while (page == null && writeSome(WriteOut.BATCH) > 0) {
        page = frames.allocate(owner);
      }
      return page == null ? frames.allocateBeyondLimit(owner) : page;
    } finally {
      reclaim.unlock();
    }
  }

  /** Takes back the frame of a page that left its table and has no pins. */
  void free(Page page) {
    frames.free(page);
  }

  /** Counts pages that became dirty, or clean (negative). */
  void countDirty(int pages) {
    dirtyPages.addAndGet(pages);
  }

  /** A page of {@code file} became dirty. */
  void dirtied(WriteOut file) {
    dirtyFiles.add(file);
    if (writer != null) {
      writer.dirtied();
    }
  }

  /** The pages of {@code file} may all be gone. */
  void forgetIfClean(WriteOut file) {
    if (file.listed) {
      dirtyFiles.removeIfClean(file);
    }
  }

  /**
   * Makes a thread that has made {@code pages} pages dirty write out as many when there are too
   * many (balance_dirty_pages). It holds no page lock. Failures are told to the next fsync.
   */
  void balance(int pages) {
    if (dirtyPages.get() > frames.limit() / FOREGROUND_SHARE) {
      try {
        writeSome(Math.max(pages, WriteOut.BATCH));
      } catch (IOException e) {
        // kept for the fsync of the file, which may be another one than the caller's
      }
    }
  }

  /** Writes out about {@code most} pages whose locks are free; 0 when there are none. */
  private int writeSome(int most) throws IOException {
    IOException failure = null;
    int written = 0;
    for (int i = dirtyFiles.size(); i > 0 && written < most; i--) {
      WriteOut file = dirtyFiles.next();
      if (file == null) {
        break;
      }
      try {
        written += file.writeSome(most - written);
        dirtyFiles.removeIfClean(file);
      } catch (IOException e) {
        failure = e;
      }
    }
    if (written == 0 && failure != null) {
      throw failure;
    }
    return written;
  }

  DirtyFiles dirtyFiles() {
    return dirtyFiles;
  }

  boolean hasManyDirty() {
    return dirtyPages.get() > frames.limit() / BACKGROUND_SHARE;
  }

  long now() {
    return clock.getAsLong();
  }

  /** A buffer of {@link WriteOut#BATCH} pages. */
  MemorySegment takeStaging() {
    synchronized (staging) {
      MemorySegment buffer = staging.pollLast();
      if (buffer != null) {
        return buffer;
      }
    }
    return device.allocateBuffer((long) WriteOut.BATCH * Page.SIZE);
  }

  void giveStaging(MemorySegment buffer) {
    synchronized (staging) {
      if (staging.size() < KEPT_STAGING) {
        staging.addLast(buffer);
      }
    }
  }
}
