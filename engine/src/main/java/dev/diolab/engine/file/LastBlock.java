package dev.diolab.engine.file;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.locking.Placeholders;
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
   * earlier; and the rest of its page, if that is cached. It holds the page's lock: a write-out of
   * the page and the read, change and write of a sector here would lose each other's bytes.
   */
  static void zeroBehindEnd(Inode inode, long newBytesFrom) throws IOException {
    long size = inode.size();
    int blockSize = inode.blockSize();
    long blockEnd = inode.blocksUpTo(size) * blockSize;
    long alignment = inode.volume().device().offsetAlignment();
    long end = Math.min(blockEnd, (newBytesFrom + alignment - 1) / alignment * alignment);
    boolean cached = inode.pages().hasPages() && size % Placeholders.PAGE_SIZE != 0;
    if (size >= end && !cached) {
      return;
    }
    Placeholders pageLocks = inode.pages().placeholders();
    Placeholders.Claim lock = new Placeholders.Claim();
    pageLocks.acquire(lock, size, 1);
    try {
      if (cached) {
        inode.pages().zeroLocked(size, pageEnd(size));
      }
      if (size < end) {
        zeroOnDevice(inode, size, end);
      }
    } finally {
      pageLocks.release(lock);
    }
  }

  /**
   * As {@link #zeroBehindEnd}, for a write through the page cache, which may reach the device later
   * than i_disksize moves over the block: the whole rest is zeroed, also where the new data goes.
   * While i_size is ahead of i_disksize, the write that brought it there has done so.
   */
  static void zeroForCachedWrite(Inode inode) throws IOException {
    boolean done = inode.size() > inode.diskSize();
    zeroBehindEnd(inode, done ? inode.size() : inode.blocksUpTo(inode.size()) * inode.blockSize());
  }

  private static long pageEnd(long offset) {
    return (offset / Placeholders.PAGE_SIZE + 1) * Placeholders.PAGE_SIZE;
  }

  private static void zeroOnDevice(Inode inode, long size, long end) throws IOException {
    int blockSize = inode.blockSize();
    // A block that is converted later would show then what a truncate has cut off.
    inode.conversions().drain();
    Mapping mapping = new Mapping();
    inode.blocks().map(size / blockSize, 1, mapping, false);
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
      volume.counts().bytesZeroed.add(cleared);
      deviceOffset += cleared;
      bytes -= cleared;
    }
    if (bytes > 0) {
      volume.writeZeros(deviceOffset, bytes);
    }
  }
}
