package dev.diolab.engine.cache;

import dev.diolab.engine.device.BlockDevice;

/**
 * The memory of all page caches of a volume: it hands out page frames up to a limit and takes them
 * back from the caches, clean pages that nobody used lately first.
 *
 * <p>Thread safety: all methods may be called at once.
 */
public final class PagePool implements AutoCloseable {
  private final BlockDevice device;
  private final long limitBytes;

  /**
   * A pool that allocates nothing before the first page is asked for.
   *
   * @param limitBytes most bytes of pages; at least one MiB
   * @param backgroundWriter whether a thread writes dirty pages out: when they are older than 5
   *     seconds or more than a tenth of the limit. Without it they are written by fsync, and by
   *     threads that dirty more than half of the limit
   */
  public PagePool(BlockDevice device, long limitBytes, boolean backgroundWriter) {
    this.device = device;
    this.limitBytes = limitBytes;
  }

  /** Most bytes of pages. */
  public long limitBytes() {
    return limitBytes;
  }

  BlockDevice device() {
    return device;
  }

  /** Ends the background writer, if one was started. Writes nothing out. */
  @Override
  public void close() {}
}
