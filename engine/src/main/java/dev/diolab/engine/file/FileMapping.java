package dev.diolab.engine.file;

import dev.diolab.engine.cache.Page;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.Placeholders;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A shared mapping of a range of a file into memory (mmap). The JVM cannot let the hardware fault
 * into this page cache, so loads and stores are calls; each does what the access would do: find the
 * page or fault it in, for a store also make it writable (page_mkwrite).
 *
 * <p>Thread safety: all methods may be called at once, except {@link #close}, which must be the
 * last.
 */
public final class FileMapping implements AutoCloseable {
  private static final int PAGE_SIZE = Placeholders.PAGE_SIZE;

  private final Inode inode;
  private final long offset;
  private final long bytes;
  private final AtomicBoolean closed = new AtomicBoolean();

  FileMapping(Inode inode, long offset, long bytes) {
    this.inode = inode;
    this.offset = offset;
    this.bytes = bytes;
    inode.pages().mapped();
  }

  /** Length of the mapping in bytes. */
  public long bytes() {
    return bytes;
  }

  /** First byte of the file that is mapped. */
  public long offset() {
    return offset;
  }

  /**
   * Copies mapped bytes into {@code into}.
   *
   * @param from first byte, counted from the start of the mapping
   * @throws IOException when a page cannot be read, or lies wholly behind i_size (SIGBUS)
   * @throws IndexOutOfBoundsException when the range does not lie in the mapping
   */
  public void load(long from, MemorySegment into, long at, int count) throws IOException {
    requireMapped(from, count);
    int done = 0;
    while (done < count) {
      long position = offset + from + done;
      int length = Math.min(PAGE_SIZE - (int) (position % PAGE_SIZE), count - done);
      loadFromPage(position, into, at + done, length);
      done += length;
    }
  }

  /**
   * The page is not pinned as one of a user buffer is: a direct write that ends meanwhile takes it
   * away, as invalidation unmaps a page in Linux, or it would stay with its old bytes.
   */
  private void loadFromPage(long position, MemorySegment into, long at, int count)
      throws IOException {
    Grant grant = inode.locking().pageFault(position);
    try {
      requireInFile(position / PAGE_SIZE);
      inode.pages().read(position, into, at, count, false);
      requireInFile(position / PAGE_SIZE);
    } finally {
      grant.close();
    }
  }

  /**
   * Stores bytes into the mapping; they reach the device with the next fsync or write-out. What is
   * stored behind i_size in its last page is lost.
   *
   * @param to first byte, counted from the start of the mapping
   * @throws IOException when a page cannot be read or has no block and the volume is full, or lies
   *     wholly behind i_size (SIGBUS)
   * @throws IndexOutOfBoundsException when the range does not lie in the mapping
   */
  public void store(long to, MemorySegment from, long at, int count) throws IOException {
    requireMapped(to, count);
    inode.volume().requireWritable();
    int done = 0;
    while (done < count) {
      long position = offset + to + done;
      int length = Math.min(PAGE_SIZE - (int) (position % PAGE_SIZE), count - done);
      storeInPage(position, from, at + done, length);
      done += length;
    }
  }

  /**
   * Copies bytes of {@code from} to the same place of a page that a user buffer has pinned. Its
   * blocks may have been punched since it was faulted in. What lies behind i_size, or in a page
   * that was truncated or punched as a whole, is lost.
   */
  void storePinned(Page page, long at, MemorySegment from, int count) throws IOException {
    Grant grant = inode.locking().pageFault(offset + at);
    try {
      storeUnderPageLock(page, offset + at, from, at, count);
    } finally {
      grant.close();
    }
  }

  private void storeInPage(long position, MemorySegment from, long at, int count)
      throws IOException {
    long index = position / PAGE_SIZE;
    Grant grant = inode.locking().pageFault(position);
    try {
      requireInFile(index);
      Page page = inode.pages().pin(index);
      try {
        if (!storeUnderPageLock(page, position, from, at, count)) {
          requireInFile(index);
        }
      } finally {
        page.unpin();
      }
    } finally {
      grant.close();
    }
  }

  /**
   * The page lock keeps a punch from freeing the blocks between their allocation and the store, and
   * i_size from moving down or up before the store was cut at it.
   *
   * @return whether anything of it lies in the file
   */
  private boolean storeUnderPageLock(
      Page page, long position, MemorySegment from, long at, int count) throws IOException {
    Placeholders.Claim lock = new Placeholders.Claim();
    inode.pages().placeholders().acquire(lock, position, 1);
    try {
      long inFile = Math.min(count, inode.size() - position);
      if (inFile <= 0) {
        return false;
      }
      allocate(position / PAGE_SIZE);
      page.write((int) (position % PAGE_SIZE), from, at, (int) inFile);
      page.markDirty();
      return true;
    } finally {
      inode.pages().placeholders().release(lock);
    }
  }

  /**
   * Faults in the page {@code index} of the file and pins it.
   *
   * @param stores whether it is to be stored into: its blocks are then allocated
   */
  Page fault(long index, boolean stores) throws IOException {
    long position = index * PAGE_SIZE;
    Grant grant = inode.locking().pageFault(position);
    try {
      requireInFile(index);
      if (stores) {
        makeWritable(position);
      }
      return pinInFile(index);
    } finally {
      grant.close();
    }
  }

  /**
   * i_size is looked at again when the page is there: a truncate before that did not drop it, one
   * after that does.
   */
  private Page pinInFile(long index) throws IOException {
    Page page = inode.pages().pin(index);
    try {
      requireInFile(index);
    } catch (IOException e) {
      page.unpin();
      throw e;
    }
    return page;
  }

  /** page_mkwrite. */
  private void makeWritable(long position) throws IOException {
    Placeholders.Claim lock = new Placeholders.Claim();
    inode.pages().placeholders().acquire(lock, position, 1);
    try {
      allocate(position / PAGE_SIZE);
    } finally {
      inode.pages().placeholders().release(lock);
    }
  }

  /** Fills the holes of a page inside i_size. */
  private void allocate(long index) throws IOException {
    long end = Math.min((index + 1) * PAGE_SIZE, inode.size());
    Preallocation.fillHoles(inode, index * PAGE_SIZE / inode.blockSize(), inode.blocksUpTo(end));
  }

  private void requireInFile(long index) throws IOException {
    inode.requireLinked();
    long size = inode.size();
    if (index * PAGE_SIZE >= size) {
      throw new IOException(
          "SIGBUS: page "
              + index
              + " of the mapping of inode "
              + inode.number()
              + " lies behind its size of "
              + size
              + " bytes");
    }
  }

  private void requireMapped(long from, int count) {
    if (from < 0 || count < 0 || from > bytes - count) {
      throw new IndexOutOfBoundsException(
          "access to "
              + count
              + " bytes at "
              + from
              + " of a mapping of "
              + bytes
              + " bytes (SIGSEGV)");
    }
    if (closed.get()) {
      throw new IllegalStateException("the mapping is closed");
    }
  }

  MemorySegment bounceBuffer() {
    return inode.volume().allocateBuffer(bytes);
  }

  /** Ends the mapping (munmap); dirty pages stay in the cache. Closing twice is harmless. */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      inode.pages().unmapped();
    }
  }
}
