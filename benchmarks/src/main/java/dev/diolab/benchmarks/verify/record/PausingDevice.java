package dev.diolab.benchmarks.verify.record;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FilterDevice;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A device with pauses before and after what it does. */
final class PausingDevice extends FilterDevice {
  private final Pauses pauses;

  PausingDevice(BlockDevice device, Pauses pauses) {
    super(device);
    this.pauses = pauses;
  }

  @Override
  public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    below.read(buffer, bufferOffset, deviceOffset, bytes);
    pauses.pause();
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    pauses.pause();
    below.write(buffer, bufferOffset, deviceOffset, bytes);
    pauses.pause();
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    pauses.pause();
    below.writeFua(buffer, bufferOffset, deviceOffset, bytes);
    pauses.pause();
  }

  @Override
  public void flush() throws IOException {
    pauses.pause();
    below.flush();
    pauses.pause();
  }
}
