package dev.diolab.benchmarks.workload;

import dev.diolab.engine.device.FilterDevice;
import dev.diolab.engine.device.MemoryDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * A memory device that, once armed, loses one write of a certain size, or puts it elsewhere; or
 * loses all of them.
 */
final class LosingDevice extends FilterDevice {
  enum Fault {
    NONE,
    LOSE,
    MISPLACE
  }

  private final int writeBytes;
  private Fault armed = Fault.NONE;
  private int spared;
  private boolean losesAll;

  LosingDevice(long sizeBytes, int writeBytes) {
    super(new MemoryDevice(sizeBytes));
    this.writeBytes = writeBytes;
  }

  /** The next write of the size does not do what it should. */
  synchronized void arm(Fault fault) {
    armAfter(0, fault);
  }

  /** {@code writes} of the size do what they should, and the one after them does not. */
  synchronized void armAfter(int writes, Fault fault) {
    spared = writes;
    armed = fault;
  }

  /** From now on no write of the size does what it should. */
  synchronized void loseAll() {
    losesAll = true;
  }

  private synchronized Fault faultOf(int bytes) {
    if (bytes != writeBytes) {
      return Fault.NONE;
    }
    if (losesAll) {
      return Fault.LOSE;
    }
    if (spared > 0) {
      spared--;
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
