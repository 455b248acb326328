package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.CommitBlock;
import dev.diolab.engine.format.JournalSuperblock;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * The log as a ring: appends at the head, gives room back at the tail.
 *
 * <p>Thread safety: all state belongs to the [commit role].
 */
final class LogWriter {
  private final BlockDevice device;
  private final LogArea area;
  private final byte[] record;
  private final MemorySegment recordBuffer;

  /** Position of the next block to write. */
  private long head;

  /**
   * Position of the oldest block that recovery would need; the superblock on disk says the same.
   */
  private long tail;

  /** A writer of an empty log whose next transaction begins at {@code position}. */
  LogWriter(BlockDevice device, LogArea area, long position) {
    this.device = device;
    this.area = area;
    this.record = new byte[area.blockSize()];
    this.recordBuffer = device.allocateBuffer(area.blockSize());
    this.head = position;
    this.tail = position;
  }

  long head() {
    return head;
  }

  long tail() {
    return tail;
  }

  /** Blocks from the tail to the head. */
  long used() {
    return head - tail;
  }

  /** Appends {@code image} in one write, or in two where the ring wraps. */
  void append(LogImage image) throws IOException {
    requireRoom(image.blocks() + 1);
    int done = 0;
    while (done < image.blocks()) {
      int blocks = Math.min(image.blocks() - done, area.blocksToWrap(head));
      device.write(
          image.buffer(),
          (long) done * area.blockSize(),
          area.deviceOffset(head),
          blocks * area.blockSize());
      head += blocks;
      done += blocks;
    }
  }

  /** Appends the commit record of {@code tid} with FUA. */
  void appendCommitRecord(long tid, int logBlocks) throws IOException {
    CommitBlock.fill(record, tid, logBlocks, System.currentTimeMillis());
    writeRecordFua(area.deviceOffset(head));
    head++;
  }

  /** Gives back what lies before {@code position}, where transaction {@code tid} begins. */
  void moveTail(long position, long tid) throws IOException {
    if (position < tail || position > head) {
      throw new AssertionError("tail " + position + " is outside of " + tail + ".." + head);
    }
    int ringPosition = (int) (position % area.logBlocks());
    JournalSuperblock.fill(record, area.firstBlock(), area.logBlocks(), ringPosition, tid);
    writeRecordFua(area.superblockOffset());
    tail = position;
  }

  private void writeRecordFua(long deviceOffset) throws IOException {
    MemorySegment.copy(record, 0, recordBuffer, ValueLayout.JAVA_BYTE, 0, record.length);
    device.writeFua(recordBuffer, 0, deviceOffset, record.length);
  }

  private void requireRoom(int blocks) {
    if (blocks > area.maxTransactionBlocks() || used() + blocks > area.logBlocks()) {
      throw new AssertionError(
          "transaction of "
              + blocks
              + " blocks does not fit: "
              + used()
              + " of "
              + area.logBlocks()
              + " log blocks are in use");
    }
  }
}
