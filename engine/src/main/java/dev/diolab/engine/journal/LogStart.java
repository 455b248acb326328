package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.JournalHeader;
import dev.diolab.engine.format.JournalSuperblock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What the journal superblock says: where the oldest transaction begins and its id.
 *
 * @param position in the ring, from 0
 * @param tid at least 1; larger than that of any block the journal wrote and does not need
 */
record LogStart(long position, long tid) {
  private static final int ZERO_BATCH_BYTES = 1 << 20;

  static LogStart read(BlockDevice device, LogArea area) throws IOException {
    byte[] block = new byte[area.blockSize()];
    MemorySegment buffer = device.allocateBuffer(block.length);
    device.read(buffer, 0, area.superblockOffset(), block.length);
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, block, 0, block.length);
    JournalSuperblock.verify(block, area.firstBlock(), area.logBlocks());
    return new LogStart(JournalSuperblock.tailPosition(block), JournalSuperblock.tailTid(block));
  }

  /** Zeroes the log, then writes the superblock of an empty one. */
  static void format(BlockDevice device, LogArea area) throws IOException {
    zeroLog(device, area);
    device.flush();
    new LogWriter(device, area, 0).moveTail(0, 1);
  }

  /**
   * Checks that no block of a transaction stands at the tail. One block decides: recovery, and a
   * close, leave a tail whose tid no block in the log has.
   */
  void requireEmpty(BlockDevice device, LogArea area) throws IOException {
    byte[] first = new byte[area.blockSize()];
    MemorySegment buffer = device.allocateBuffer(first.length);
    device.read(buffer, 0, area.deviceOffset(position), first.length);
    MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, 0, first, 0, first.length);
    if (JournalHeader.isSealed(first) && JournalHeader.tid(first) == tid) {
      throw new IllegalStateException(
          "the log at block "
              + area.firstBlock()
              + " holds transaction "
              + tid
              + ", which was not recovered");
    }
  }

  private static void zeroLog(BlockDevice device, LogArea area) throws IOException {
    long logBytes = (long) area.logBlocks() * area.blockSize();
    MemorySegment zeros = device.allocateBuffer(Math.min(logBytes, ZERO_BATCH_BYTES));
    for (long done = 0; done < logBytes; done += zeros.byteSize()) {
      int bytes = (int) Math.min(logBytes - done, zeros.byteSize());
      device.write(zeros, 0, area.deviceOffset(0) + done, bytes);
    }
  }
}
