package dev.diolab.strategies;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code lazy-zero}: a thread of the volume zeroes and converts what fallocate has allocated,
 * window after window, while direct writes go on (the background initialisation of ext4's inode
 * tables, lazyinit, applied to extents; databases that zero-fill the next file beforehand). Writes
 * that come after it are plain overwrites; those that come before convert together, as with {@code
 * group}.
 *
 * <p>Needs a strategy whose direct requests hold the page locks of what they map: nothing else
 * would keep zeros from taking the place of data. Blocks behind i_size, and what was unwritten at
 * the mount, are left to the writes.
 */
final class LazyZeroPolicy implements ConversionPolicy {
  /** Blocks of a window: 4 MiB of blocks of 4 KiB. */
  static final int WINDOW_BLOCKS = 1024;

  @Override
  public String name() {
    return "lazy-zero";
  }

  @Override
  public String origin() {
    return "diolab; lazyinit of ext4, zero-fill of databases";
  }

  @Override
  public String summary() {
    return "a thread zeroes and converts what fallocate gave, before the writes come";
  }

  @Override
  public Set<Guarantee> guarantees() {
    return EnumSet.complementOf(EnumSet.of(Guarantee.G5));
  }

  @Override
  public int lazyZeroBlocks() {
    return WINDOW_BLOCKS;
  }

  @Override
  public void endIo(UnwrittenWrite write) throws IOException {
    write.convert();
  }
}
