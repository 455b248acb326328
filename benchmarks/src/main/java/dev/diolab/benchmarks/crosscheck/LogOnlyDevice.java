package dev.diolab.benchmarks.crosscheck;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FilterDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A device on which only the log of a journal changes: what a checkpoint writes home, and the tail
 * in the journal's superblock, never arrive. So a journal that works on it leaves behind what a
 * crash would that came before all of its checkpoints.
 *
 * <p>Flushes are left out too, as nothing is to survive here; the owner of the device below flushes
 * it in the end.
 *
 * <p>Thread safety: that of the device below.
 */
final class LogOnlyDevice extends FilterDevice {
  private final long logStart;
  private final long logEnd;

  /** Lets writes to the bytes from {@code logStart} to {@code logEnd} pass to {@code device}. */
  LogOnlyDevice(BlockDevice device, long logStart, long logEnd) {
    super(device);
    this.logStart = logStart;
    this.logEnd = logEnd;
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    if (deviceOffset >= logStart && deviceOffset + bytes <= logEnd) {
      below.write(buffer, bufferOffset, deviceOffset, bytes);
    }
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    write(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void flush() {
    // Left out, see above.
  }

  @Override
  public void close() {
    // The device below belongs to somebody else.
  }
}
