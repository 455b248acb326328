package dev.diolab.engine.check;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.BlockSeal;
import dev.diolab.engine.format.Geometry;
import dev.diolab.engine.journal.LogView;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Metadata blocks as recovery would leave them: from the log where it holds a newer copy.
 *
 * <p>Thread safety: none.
 */
final class ImageReader {
  private final BlockDevice device;
  private final Geometry geometry;
  private final LogView log;
  private final MemorySegment buffer;

  ImageReader(BlockDevice device, Geometry geometry, LogView log) {
    this.device = device;
    this.geometry = geometry;
    this.log = log;
    this.buffer = device.allocateBuffer(geometry.blockSize());
  }

  Geometry geometry() {
    return geometry;
  }

  byte[] newBlock() {
    return new byte[geometry.blockSize()];
  }

  /** Reads and verifies block {@code number}, which lies inside the image. */
  void read(long number, BlockSeal seal, byte[] into) throws IOException {
    if (log.holds(number)) {
      log.read(number, buffer, into);
    } else {
      device.read(buffer, 0, number * into.length, into.length);
      MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, into, 0, into.length);
    }
    seal.verify(into, number);
  }
}
