package dev.diolab.engine.device;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A device that passes everything on to another one, its close too; a subclass does some of it
 * differently, as with {@link java.io.FilterInputStream}.
 *
 * <p>Thread safety: that of the device below.
 */
public abstract class FilterDevice implements BlockDevice {
  /** The device below. */
  protected final BlockDevice below;

  /** Passes everything on to {@code below}. */
  protected FilterDevice(BlockDevice below) {
    this.below = below;
  }

  @Override
  public long sizeBytes() {
    return below.sizeBytes();
  }

  @Override
  public int offsetAlignment() {
    return below.offsetAlignment();
  }

  @Override
  public int memoryAlignment() {
    return below.memoryAlignment();
  }

  @Override
  public boolean hasVolatileCache() {
    return below.hasVolatileCache();
  }

  @Override
  public MemorySegment allocateBuffer(long bytes) {
    return below.allocateBuffer(bytes);
  }

  @Override
  public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    below.read(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    below.write(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    below.writeFua(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void flush() throws IOException {
    below.flush();
  }

  @Override
  public DeviceCounters counters() {
    return below.counters();
  }

  @Override
  public void close() throws IOException {
    below.close();
  }
}
