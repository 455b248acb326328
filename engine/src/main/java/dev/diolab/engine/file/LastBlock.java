package dev.diolab.engine.file;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.Mapping;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * The block that holds the end of a file. What lies in it behind the end is arbitrary: bytes from
 * before a truncate, or the rest of a sector. It is zeroed when the end is about to move over it
 * (as XFS does), not when the file shrinks, so that a crash within a truncate never shows zeros
 * inside the old size.
 */
final class LastBlock {
  private LastBlock() {}

  /**
   * Zeroes the last block from i_size to its end, or to {@code newBytesFrom} where new data begins
   * earlier.
   */
  static void zeroBehindEnd(Inode inode, long newBytesFrom) throws IOException {
    long size = inode.size();
    int blockSize = inode.blockSize();
    long blockEnd = inode.blocksUpTo(size) * blockSize;
    long alignment = inode.volume().device().offsetAlignment();
    long end = Math.min(blockEnd, (newBytesFrom + alignment - 1) / alignment * alignment);
    if (size >= end) {
      return;
    }
    Mapping mapping = new Mapping();
    inode.map(size / blockSize, 1, mapping, false);
    if (mapping.state() == ExtentState.WRITTEN) {
      zero(inode.volume(), mapping.physical() * blockSize + size % blockSize, (int) (end - size));
    }
  }

  /** Zeroes bytes of one block; the first sector may be partial and is read first. */
  private static void zero(Volume volume, long deviceOffset, int bytes) throws IOException {
    BlockDevice device = volume.device();
    int alignment = device.offsetAlignment();
    int keep = (int) (deviceOffset % alignment);
    if (keep > 0) {
      MemorySegment sector = device.allocateBuffer(alignment);
      long sectorAt = deviceOffset - keep;
      device.read(sector, 0, sectorAt, alignment);
      int cleared = Math.min(bytes, alignment - keep);
      sector.asSlice(keep, cleared).fill((byte) 0);
      device.write(sector, 0, sectorAt, alignment);
      deviceOffset += cleared;
      bytes -= cleared;
    }
    if (bytes > 0) {
      volume.writeZeros(deviceOffset, bytes);
    }
  }
}
