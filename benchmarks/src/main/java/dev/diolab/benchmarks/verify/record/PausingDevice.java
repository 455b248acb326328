package dev.diolab.benchmarks.verify.record;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.DeviceCounters;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A device with pauses before and after what it does. */
record PausingDevice(BlockDevice device, Pauses pauses) implements BlockDevice {
  @Override
  public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    device.read(buffer, bufferOffset, deviceOffset, bytes);
    pauses.pause();
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    pauses.pause();
    device.write(buffer, bufferOffset, deviceOffset, bytes);
    pauses.pause();
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    pauses.pause();
    device.writeFua(buffer, bufferOffset, deviceOffset, bytes);
    pauses.pause();
  }

  @Override
  public void flush() throws IOException {
    pauses.pause();
    device.flush();
    pauses.pause();
  }

  @Override
  public long sizeBytes() {
    return device.sizeBytes();
  }

  @Override
  public int offsetAlignment() {
    return device.offsetAlignment();
  }

  @Override
  public int memoryAlignment() {
    return device.memoryAlignment();
  }

  @Override
  public boolean hasVolatileCache() {
    return device.hasVolatileCache();
  }

  @Override
  public MemorySegment allocateBuffer(long bytes) {
    return device.allocateBuffer(bytes);
  }

  @Override
  public DeviceCounters counters() {
    return device.counters();
  }

  @Override
  public void close() throws IOException {
    device.close();
  }
}
