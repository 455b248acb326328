package dev.diolab.benchmarks.workload;

import dev.diolab.engine.device.FilterDevice;
import dev.diolab.engine.device.MemoryDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A memory device that, once armed, loses one write of a certain size, or puts it elsewhere. */
final class LosingDevice extends FilterDevice {
  enum Fault {
    NONE,
    LOSE,
    MISPLACE
  }

  private final int writeBytes;
  private Fault armed = Fault.NONE;

  LosingDevice(long sizeBytes, int writeBytes) {
    super(new MemoryDevice(sizeBytes));
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
      case NONE -> below.write(buffer, bufferOffset, deviceOffset, bytes);
      case LOSE -> below.counters().countWrite(bytes);
      case MISPLACE -> below.write(buffer, bufferOffset, deviceOffset - bytes, bytes);
    }
  }
}
