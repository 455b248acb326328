package dev.diolab.strategies;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code buffered-fallback}: no direct write puts data into holes inside i_size or into unwritten
 * blocks; it stops there, and the rest goes through the page cache, is written out and dropped.
 * With {@code i-mutex} that is Linux before 2009 (facts A1, Sandeen in seeds/000).
 *
 * <p>The write-out converts, under page locks. G7 is not declared: a write that is half direct and
 * half buffered lets go of its grant in between.
 */
final class BufferedFallbackPolicy implements ConversionPolicy {

  @Override
  public String name() {
    return "buffered-fallback";
  }

  @Override
  public String origin() {
    return "Linux before 2009";
  }

  @Override
  public String summary() {
    return "holes and unwritten extents go through the page cache, written out at once";
  }

  @Override
  public Set<Guarantee> guarantees() {
    return EnumSet.complementOf(EnumSet.of(Guarantee.G5, Guarantee.G7));
  }

  @Override
  public boolean allowsDirectConversion() {
    return false;
  }

  /** Is never due. */
  @Override
  public void endIo(UnwrittenWrite write) {
    throw new AssertionError("buffered-fallback: a direct write put data into unwritten blocks");
  }
}
