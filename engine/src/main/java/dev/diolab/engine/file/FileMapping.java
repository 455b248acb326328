package dev.diolab.engine.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A shared mapping of a range of a file into memory (mmap). The JVM cannot let the hardware fault
 * into this page cache, so loads and stores are calls; each does what the access would do: find the
 * page or fault it in, for a store also make it writable (page_mkwrite).
 *
 * <p>Thread safety: all methods may be called at once, except {@link #close}, which must be the
 * last.
 */
public final class FileMapping implements AutoCloseable {
  private final Inode inode;
  private final long offset;
  private final long bytes;

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
   */
  public void load(long from, MemorySegment into, long at, int count) throws IOException {}

  /**
   * Stores bytes into the mapping; they reach the device with the next fsync or write-out. What is
   * stored behind i_size in its last page is lost.
   *
   * @param to first byte, counted from the start of the mapping
   * @throws IOException when a page cannot be read or has no block and the volume is full, or lies
   *     wholly behind i_size (SIGBUS)
   */
  public void store(long to, MemorySegment from, long at, int count) throws IOException {}

  MemorySegment bounceBuffer() {
    return inode.volume().allocateBuffer(bytes);
  }

  /** Ends the mapping (munmap); dirty pages stay in the cache. */
  @Override
  public void close() {
    inode.pages().unmapped();
  }
}
