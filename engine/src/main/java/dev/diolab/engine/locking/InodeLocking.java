package dev.diolab.engine.locking;

/**
 * A strategy's locks on one inode. Each operation begins with the method of its kind, which waits
 * as long as the strategy wants and returns the {@link Grant} under which the operation runs.
 *
 * <p>Time spent in here and in the grant's methods is what the reports call lock wait.
 *
 * <p>Thread safety: all methods may be called by any number of threads at once. None may be called
 * by a thread that holds a grant of the same inode, except {@link #pageFault}: a direct request
 * whose buffer maps the file faults while it holds its grant.
 */
public interface InodeLocking {

  /**
   * Begins a direct read. Called before i_size is looked at.
   *
   * @return {@link Grant#WOULD_BLOCK} when the request may not wait and would have to
   */
  Grant directRead(DirectIo io);

  /**
   * Begins a direct write. Called before i_size is looked at and before any block is mapped.
   *
   * @return {@link Grant#WOULD_BLOCK} when the request may not wait and would have to: for a lock,
   *     for blocks, or for an extension
   */
  Grant directWrite(DirectIo io);

  /**
   * Begins a buffered read. Locks of single pages are the page cache's and are taken under this
   * grant.
   *
   * @return {@link Grant#WOULD_BLOCK} when {@code nowait} and it would have to wait
   */
  default Grant bufferedRead(long offset, long bytes, boolean nowait) {
    return Grant.NOTHING_HELD;
  }

  /**
   * Begins a buffered write, also the rest of a direct write that fell back to buffered I/O. The
   * path moves i_size under this grant.
   */
  Grant bufferedWrite(long offset, long bytes);

  /**
   * Begins the rest of a direct write that goes through the page cache, as a {@link
   * #bufferedWrite}. The write gave up its first grant in between, so the block where it could not
   * go on may be written by now, and an overwrite of another part of that block may be in flight:
   * it would be undone by the write-out of the whole block. Who lets overwrites go without the lock
   * that he takes here waits for them first.
   */
  default Grant fallback(long offset, long bytes) {
    return bufferedWrite(offset, bytes);
  }

  /**
   * Begins a fault on the page at {@code offset} of a mapping of the file: a load that finds no
   * page, a store, or the pinning of a user buffer.
   */
  default Grant pageFault(long offset) {
    return Grant.NOTHING_HELD;
  }

  /**
   * Begins a truncate to {@code newSize}. The path moves i_size first, then calls {@link
   * Grant#beforeMap} with the range that goes away, then drops its pages and frees its blocks:
   * whoever must be waited for is waited for there, so that a request that starts in between sees
   * the new size (1c9114f9c0f1).
   */
  Grant truncate(long newSize);

  /** Begins an fallocate of {@code bytes} from {@code offset} on: mode 0 or KEEP_SIZE. */
  Grant fallocate(long offset, long bytes);

  /**
   * Begins an fallocate with PUNCH_HOLE or ZERO_RANGE. The path writes out the pages of the range,
   * then calls {@link Grant#beforeMap} with it, then claims its placeholders and changes its
   * blocks: whoever must be waited for is waited for in {@code beforeMap}, and whoever takes no
   * placeholders is kept out by the grant until its {@code close}.
   */
  Grant punch(long offset, long bytes);

  /** Begins an fsync or fdatasync. */
  Grant fsync();
}
