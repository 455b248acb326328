package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Reads the log block by block, from the device in large pieces; made for ascending positions.
 *
 * <p>Thread safety: none.
 */
final class LogReader {
  private static final int WINDOW_BYTES = 1 << 20;

  private final BlockDevice device;
  private final LogArea area;
  private final MemorySegment window;
  private final byte[] block;

  /** The window holds the blocks of positions [windowStart, windowEnd). */
  private long windowStart;

  private long windowEnd;

  LogReader(BlockDevice device, LogArea area) {
    this.device = device;
    this.area = area;
    this.window =
        device.allocateBuffer(Math.min(WINDOW_BYTES, (long) area.logBlocks() * area.blockSize()));
    this.block = new byte[area.blockSize()];
  }

  /** The block at {@code position}; the array is overwritten by the next call. */
  byte[] read(long position) throws IOException {
    if (position < windowStart || position >= windowEnd) {
      fill(position);
    }
    long offset = (position - windowStart) * area.blockSize();
    MemorySegment.copy(window, ValueLayout.JAVA_BYTE, offset, block, 0, block.length);
    return block;
  }

  private void fill(long position) throws IOException {
    int blocks = (int) Math.min(window.byteSize() / area.blockSize(), area.blocksToWrap(position));
    windowEnd = windowStart;
    device.read(window, 0, area.deviceOffset(position), blocks * area.blockSize());
    windowStart = position;
    windowEnd = position + blocks;
  }
}
