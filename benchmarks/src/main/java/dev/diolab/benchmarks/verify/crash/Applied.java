package dev.diolab.benchmarks.verify.crash;

import dev.diolab.engine.device.RecordedWrite;

/**
 * A write that reached the medium although no flush had made it durable.
 *
 * @param write the write
 * @param sectors which of its sectors of 512 bytes did: bit i mod 64 for sector i; all bits when it
 *     is not torn
 */
public record Applied(RecordedWrite write, long sectors) {
  /** The mask of a write that is not torn. */
  public static final long WHOLE = -1;

  /** Whether sector {@code index} of the write is there. */
  boolean has(int index) {
    return (sectors >>> index & 1) != 0;
  }

  /** Whether a part of it is missing. */
  public boolean isTorn() {
    for (int i = 0; i < write.bytes() / CrashState.SECTOR; i++) {
      if (!has(i)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return isTorn() ? String.format("%s, torn: sectors %x", write, sectors) : write.toString();
  }
}
