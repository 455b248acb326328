package dev.diolab.strategies;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code zero-ahead-N}: a direct write that meets unwritten blocks first zeroes the aligned windows
 * of N blocks around it and converts them, then overwrites (zeroout of ext4 and XFS, at the
 * submission). One conversion serves the N blocks, and later writes of the window are plain
 * overwrites.
 *
 * <p>Needs a strategy where the write maps alone. Blocks behind i_size are left out: they are
 * converted at the end of the write as by {@code end-io}.
 */
final class ZeroAheadPolicy implements ConversionPolicy {
  private final int blocks;

  /** Windows of {@code blocks} blocks, a power of two. */
  ZeroAheadPolicy(int blocks) {
    if (Integer.bitCount(blocks) != 1) {
      throw new IllegalArgumentException("window of " + blocks + " blocks: not a power of two");
    }
    this.blocks = blocks;
  }

  @Override
  public String name() {
    return "zero-ahead-" + blocks;
  }

  @Override
  public String origin() {
    return "zeroout of ext4 and XFS, at submission";
  }

  @Override
  public String summary() {
    return "zeroes and converts windows of " + blocks + " blocks before the data, then overwrites";
  }

  @Override
  public Set<Guarantee> guarantees() {
    return EnumSet.complementOf(EnumSet.of(Guarantee.G5));
  }

  @Override
  public int zeroAheadBlocks() {
    return blocks;
  }

  @Override
  public void endIo(UnwrittenWrite write) throws IOException {
    write.convert();
  }
}
