package dev.diolab.benchmarks.verify.crash;

import dev.diolab.engine.device.RecordedWrite;

/**
 * A write that reached the medium although no flush had made it durable.
 *
 * @param write the write
 * @param sectors which of its sectors of 512 bytes did: bit i for sector i; in a write of n > 64
 *     sectors, bit 64 i / n; all bits when it is not torn
 */
public record Applied(RecordedWrite write, long sectors) {
  /** The mask of a write that is not torn. */
  public static final long WHOLE = -1;

  /** Whether sector {@code index} of the write is there. */
  boolean has(int index) {
    int count = count();
    return (sectors >>> (count <= Long.SIZE ? index : index * Long.SIZE / count) & 1) != 0;
  }

  /** Whether a part of it is missing. */
  public boolean isTorn() {
    long all = mask(count());
    return (sectors & all) != all;
  }

  /** The bits that stand for sectors of a write of {@code count} sectors. */
  static long mask(int count) {
    return count < Long.SIZE ? (1L << count) - 1 : WHOLE;
  }

  private int count() {
    return write.bytes() / CrashState.SECTOR;
  }

  @Override
  public String toString() {
    return isTorn() ? String.format("%s, torn: sectors %x", write, sectors) : write.toString();
  }
}
