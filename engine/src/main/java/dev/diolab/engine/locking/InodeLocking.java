package dev.diolab.engine.locking;

/**
 * A strategy's locks on one inode. Each operation begins with the method of its kind, which waits
 * as long as the strategy wants and returns the {@link Grant} under which the operation runs.
 *
 * <p>Time spent in here and in the grant's methods is what the reports call lock wait.
 *
 * <p>Thread safety: all methods may be called by any number of threads at once. None may be called
 * by a thread that holds a grant of the same inode.
 */
public interface InodeLocking {

  /** Begins a direct read. Called before i_size is looked at. */
  Grant directRead(DirectIo io);

  /** Begins a direct write. Called before i_size is looked at and before any block is mapped. */
  Grant directWrite(DirectIo io);

  /**
   * Begins a truncate to {@code newSize}. The path moves i_size first, then calls {@link
   * Grant#beforeMap} with the range that goes away, then frees its blocks: whoever must be waited
   * for is waited for there, so that a request that starts in between sees the new size
   * (1c9114f9c0f1).
   */
  Grant truncate(long newSize);

  /** Begins an fallocate of {@code bytes} from {@code offset} on. */
  Grant fallocate(long offset, long bytes);

  /** Begins an fsync or fdatasync. */
  Grant fsync();
}
