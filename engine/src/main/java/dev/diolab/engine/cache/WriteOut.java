package dev.diolab.engine.cache;

import dev.diolab.engine.locking.Placeholders;
import dev.diolab.engine.locking.Placeholders.Claim;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Writes the dirty pages of one inode out, neighbours together. A page stays locked until its bytes
 * are on the device and its blocks are converted, and counts as busy as long: a direct reader that
 * found it clean before would read the zeros of an unwritten block (dccaf33fa37a).
 *
 * <p>Thread safety: all methods may be called at once; no caller holds page locks, except of {@link
 * #writeSome}.
 */
final class WriteOut {
  /** Most pages of one write: 256 KiB. */
  static final int BATCH = 64;

  private final PagePool pool;
  private final PageIo io;
  private final CachedPages pages;
  private final Placeholders locks;

  /** What a write-out failed with whose caller did not ask for these pages. [this] */
  private @Nullable IOException kept;

  /** Where {@link #writeSome} goes on. A hint: races cost only fairness among pages. */
  private volatile long cursor;

  /** Whether {@link DirtyFiles} knows the file. Moved under [the list], read without a lock. */
  volatile boolean listed;

  WriteOut(PagePool pool, PageIo io, CachedPages pages, Placeholders locks) {
    this.pool = pool;
    this.io = io;
    this.pages = pages;
    this.locks = locks;
  }

  boolean hasDirty() {
    return pages.dirtyPages() > 0;
  }

  long dirtySince() {
    return pages.dirtySince();
  }

  void restartAge(long now) {
    pages.restartAge(now);
  }

  /**
   * Writes what is dirty of the pages from {@code first} to {@code last}, and waits for what is
   * being written. Throws also, once, what an earlier {@link #writeSome} failed with.
   */
  void writeAndWait(long first, long last) throws IOException {
    IOException earlier = takeKept();
    try {
      if (pages.any()) {
        write(first, last, Integer.MAX_VALUE, true);
      }
    } catch (IOException e) {
      if (earlier != null) {
        e.addSuppressed(earlier);
      }
      throw e;
    }
    if (earlier != null) {
      throw new IOException("an earlier write-out of pages failed", earlier);
    }
  }

  /**
   * Writes dirty pages whose locks are free, about {@code most}; a failure is told to the next
   * {@link #writeAndWait} too.
   *
   * @return pages written
   */
  int writeSome(int most) throws IOException {
    long start = cursor;
    try {
      int written = write(start, PageTable.NONE - 1, most, false);
      if (written < most && start > 0) {
        written += write(0, start - 1, most - written, false);
      }
      return written;
    } catch (IOException e) {
      keep(e);
      throw e;
    }
  }

  /** Leaves a failure for the next {@link #writeAndWait}. */
  synchronized void keep(IOException failure) {
    if (kept == null) {
      kept = failure;
    }
  }

  private synchronized @Nullable IOException takeKept() {
    IOException failure = kept;
    kept = null;
    return failure;
  }

  private int write(long first, long last, int most, boolean waiting) throws IOException {
    Claim claim = pages.takeClaim();
    try {
      int written = 0;
      long index = pages.nextBusy(first);
      while (index <= last && written < most) {
        if (!waiting) {
          cursor = index + 1; // the next call leaves a page behind that cannot be written
        }
        int run = writeRun(claim, index, last, waiting);
        written += run;
        long behind = index + Math.max(1, run);
        if (!waiting) {
          cursor = behind;
        }
        index = pages.nextBusy(behind);
      }
      return written;
    } finally {
      pages.giveClaim(claim);
    }
  }

  /** Locks and writes pages in a row from {@code index} on; returns how many. */
  private int writeRun(Claim claim, long index, long last, boolean waiting) throws IOException {
    int run = pages.dirtyRun(index, Math.min(BATCH, last - index + 1));
    try {
      int locked = waiting ? lock(claim, index, run) : tryLock(claim, index, run);
      int begun = pages.beginWriteback(index, locked);
      if (begun > 0) {
        transfer(index, begun);
      }
      return begun;
    } finally {
      locks.release(claim);
    }
  }

  /** Locks the first page, waiting, and the others if their locks are free. */
  private int lock(Claim claim, long index, int run) {
    locks.acquire(claim, index * Page.SIZE, Page.SIZE);
    boolean all = run > 1 && tryLockAll(claim, index + 1, run - 1);
    return all ? run : 1;
  }

  private int tryLock(Claim claim, long index, int run) {
    if (run == 0) {
      return 0; // somebody is writing it
    }
    if (tryLockAll(claim, index, run)) {
      return run;
    }
    return run > 1 && tryLockAll(claim, index, 1) ? 1 : 0;
  }

  private boolean tryLockAll(Claim claim, long index, int run) {
    return locks.tryAcquire(claim, index * Page.SIZE, (long) run * Page.SIZE);
  }

  private void transfer(long index, int run) throws IOException {
    boolean written = false;
    MemorySegment staging = pool.takeStaging();
    byte[] sectors = new byte[run];
    try {
      for (int i = 0; i < run; i++) {
        Page page = pages.get(index + i);
        sectors[i] = (byte) page.writtenSectors;
        page.read(0, staging, (long) i * Page.SIZE, Page.SIZE);
      }
      io.write(index, run, staging.asSlice(0, (long) run * Page.SIZE), sectors);
      written = true;
    } finally {
      pool.giveStaging(staging);
      pages.endWriteback(index, run, written);
    }
  }
}
