package dev.diolab.benchmarks.verify.races.schedule;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.FilterDevice;
import dev.diolab.engine.device.InlineQueue;
import dev.diolab.engine.device.IoQueue;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** A device where an actor can be held before and after a transfer outside the metadata. */
public final class GatedDevice extends FilterDevice {
  private final long dataFrom;

  /**
   * Over {@code below}.
   *
   * @param dataFrom first byte behind superblock, journal and inode table
   */
  public GatedDevice(BlockDevice below, long dataFrom) {
    super(below);
    this.dataFrom = dataFrom;
  }

  @Override
  public void read(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    at(Moment.DEVICE_READS, deviceOffset, bytes);
    below.read(buffer, bufferOffset, deviceOffset, bytes);
    at(Moment.DEVICE_HAS_READ, deviceOffset, bytes);
  }

  @Override
  public void write(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    at(Moment.DEVICE_WRITES, deviceOffset, bytes);
    below.write(buffer, bufferOffset, deviceOffset, bytes);
    at(Moment.DEVICE_HAS_WRITTEN, deviceOffset, bytes);
  }

  @Override
  public void writeFua(MemorySegment buffer, long bufferOffset, long deviceOffset, int bytes)
      throws IOException {
    at(Moment.DEVICE_WRITES, deviceOffset, bytes);
    below.writeFua(buffer, bufferOffset, deviceOffset, bytes);
    at(Moment.DEVICE_HAS_WRITTEN, deviceOffset, bytes);
  }

  /** The actor that submits makes the transfers, so that it can be held at them. */
  @Override
  public IoQueue openQueue(int depth) {
    return InlineQueue.inOrder(this, depth);
  }

  private void at(Moment moment, long deviceOffset, int bytes) {
    if (deviceOffset >= dataFrom) {
      Stage.reached(moment, bytes + " bytes at sector " + deviceOffset / offsetAlignment());
    }
  }
}
