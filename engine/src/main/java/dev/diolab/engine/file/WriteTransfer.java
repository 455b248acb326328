package dev.diolab.engine.file;

import dev.diolab.engine.device.BlockDevice;
import java.io.IOException;

/**
 * Hands the mapped pieces of a direct write to the device, and waits unless the request is
 * asynchronous.
 */
final class WriteTransfer {
  private WriteTransfer() {}

  /**
   * Writes all pieces: those that lie one after the other on the device in one transfer, unless the
   * strategy splits at the ends of extents.
   */
  static void run(Inode inode, DioRequest request, boolean fua) throws IOException {
    BlockDevice device = inode.volume().device();
    boolean splits = inode.volume().rules().splitsAtBoundaries();
    Segments segments = request.segments;
    long bufferAt = request.bufferOffset();
    int piece = 0;
    while (piece < segments.count()) {
      int end = splits ? piece + 1 : segments.endOfNeighbours(piece);
      long deviceOffset = segments.deviceOffset(piece);
      int bytes = 0;
      for (; piece < end; piece++) {
        bytes += segments.bytes(piece);
      }
      if (request.isAsync()) {
        request.flight.write(bufferAt, deviceOffset, bytes, fua);
      } else if (fua) {
        device.writeFua(request.buffer(), bufferAt, deviceOffset, bytes);
      } else {
        device.write(request.buffer(), bufferAt, deviceOffset, bytes);
      }
      bufferAt += bytes;
    }
  }

  /**
   * Zeroes what a write of less than whole blocks leaves of blocks that hold nothing of the file.
   * Before any data: two pieces may share a block. And under what the strategy granted for the
   * mapping: who maps the same block afterwards may write all of it before this request comes to
   * its transfers.
   */
  static void pad(Inode inode, DioRequest request) throws IOException {
    Segments segments = request.segments;
    if (segments.allAre(Segments.Kind.WRITTEN)) {
      return;
    }
    long position = request.offset();
    for (int i = 0; i < segments.count(); i++) {
      int bytes = segments.bytes(i);
      if (segments.kind(i) != Segments.Kind.WRITTEN) {
        padPartialBlocks(inode, position, segments.deviceOffset(i), bytes);
      }
      position += bytes;
    }
    request.clock.lap(Phase.DEVICE);
  }

  private static void padPartialBlocks(Inode inode, long position, long deviceOffset, int bytes)
      throws IOException {
    int blockSize = inode.blockSize();
    int before = (int) (position % blockSize);
    if (before > 0) {
      inode.volume().writeZeros(deviceOffset - before, before);
    }
    int after = (int) ((position + bytes) % blockSize);
    if (after > 0) {
      inode.volume().writeZeros(deviceOffset + bytes, blockSize - after);
    }
  }
}
