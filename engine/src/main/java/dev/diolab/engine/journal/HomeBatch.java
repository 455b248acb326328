package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Writes copies of metadata blocks to where they belong: first {@link #begin}, then {@link #add}
 * each in ascending order, then {@link #write}.
 *
 * <p>Thread safety: all state belongs to the [commit role].
 */
final class HomeBatch {
  private final BlockDevice device;

  /** One block, while its checksums are made. */
  private final byte[] copy;

  private MemorySegment buffer;
  private long[] homes = new long[0];
  private int blocks;

  HomeBatch(BlockDevice device, int blockSize) {
    this.device = device;
    this.copy = new byte[blockSize];
    this.buffer = device.allocateBuffer(blockSize);
  }

  /** Forgets the blocks of before and makes room for {@code capacity} others. */
  void begin(int capacity) {
    blocks = 0;
    if (homes.length < capacity) {
      int larger = Math.max(capacity, 2 * homes.length);
      buffer = device.allocateBuffer((long) larger * copy.length);
      homes = new long[larger];
    }
  }

  /** Copies {@code block} as it is now, with its checksums; its number is above all before. */
  void add(MetaBlock block) {
    System.arraycopy(block.data(), 0, copy, 0, copy.length);
    block.seal().seal(copy, block.number());
    MemorySegment.copy(
        copy, 0, buffer, ValueLayout.JAVA_BYTE, (long) blocks * copy.length, copy.length);
    homes[blocks++] = block.number();
  }

  /** Writes all, each run of neighbours at once, and does not flush. */
  void write() throws IOException {
    int first = 0;
    while (first < blocks) {
      int end = first + 1;
      while (end < blocks && homes[end] == homes[end - 1] + 1) {
        end++;
      }
      device.write(
          buffer,
          (long) first * copy.length,
          homes[first] * copy.length,
          (end - first) * copy.length);
      first = end;
    }
  }
}
