package dev.diolab.engine.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The pattern that mkfs writes into every block, so that stale data is recognised wherever a file
 * shows it.
 */
public final class Poison {
  /** The word that fills poisoned blocks; "!!STALE!" in memory order. */
  public static final long WORD = 0x2145_4C41_5453_2121L;

  private static final ValueLayout.OfLong LAYOUT =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private Poison() {}

  /** Fills {@code buffer}, whose size is a multiple of 8 bytes. */
  public static void fill(MemorySegment buffer) {
    for (long at = 0; at < buffer.byteSize(); at += Long.BYTES) {
      buffer.set(LAYOUT, at, WORD);
    }
  }

  /** Whether the 8 bytes at {@code offset} are poison. */
  public static boolean isPoison(MemorySegment buffer, long offset) {
    return buffer.get(LAYOUT, offset) == WORD;
  }
}
