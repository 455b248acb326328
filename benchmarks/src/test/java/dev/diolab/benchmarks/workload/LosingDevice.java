package dev.diolab.benchmarks.workload;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.DeviceCounters;
import dev.diolab.engine.device.MemoryDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A memory device that, once armed, loses one write of a certain size, or puts it elsewhere. */
final class LosingDevice implements BlockDevice {
  enum Fault {
    NONE,
    LOSE,
    MISPLACE
  }

  private final MemoryDevice device;
  private final int writeBytes;
  private Fault armed = Fault.NONE;

  LosingDevice(long sizeBytes, int writeBytes) {
    this.device = new MemoryDevice(sizeBytes);
    this.writeBytes = writeBytes;
  }

  /** The next write of the size does not do what it should. */
  synchronized void arm(Fault fault) {
    armed = fault;
  }

  private synchronized Fault faultOf(int bytes) {
    if (bytes != writeBytes) {
      return Fault.NONE;
    }
    Fault fault = armed;
    armed = Fault.NONE;
    return fault;
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    switch (faultOf(bytes)) {
      case NONE -> device.write(buffer, bufferOffset, deviceOffset, bytes);
      case LOSE -> device.counters().countWrite(bytes);
      case MISPLACE -> device.write(buffer, bufferOffset, deviceOffset - bytes, bytes);
    }
  }

  @Override
  public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    device.read(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    device.writeFua(buffer, bufferOffset, deviceOffset, bytes);
  }

  @Override
  public void flush() throws IOException {
    device.flush();
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
  public void close() {
    device.close();
  }
}
