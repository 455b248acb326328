package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.Bytes;
import dev.diolab.engine.format.DescriptorBlock;
import dev.diolab.engine.format.JournalHeader;
import dev.diolab.engine.format.RevokeBlock;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/**
 * A transaction as it will stand in the log, all but its commit record: copies under their
 * descriptors, then revoke blocks, in one buffer, so that a commit of a few blocks is one write.
 *
 * <p>The copies let the next transaction change the blocks while this one is written; jbd2 reaches
 * the same with frozen buffers.
 *
 * <p>Thread safety: all state belongs to the [commit role].
 */
final class LogImage {
  private final BlockDevice device;
  private final LogArea area;
  private final int blockSize;

  /** One block, while its checksums are made. */
  private final byte[] copy;

  /** The descriptor or revoke block that is being filled. */
  private final byte[] control;

  private MemorySegment buffer;
  private int blocks;

  LogImage(BlockDevice device, LogArea area) {
    this.device = device;
    this.area = area;
    this.blockSize = area.blockSize();
    this.copy = new byte[blockSize];
    this.control = new byte[blockSize];
    this.buffer = device.allocateBuffer(blockSize);
  }

  /** Copies {@code transaction}, which is locked and has no open handle. */
  void build(Transaction transaction) {
    List<MetaBlock> revoked = transaction.revoked();
    reserve(area.blocksOf(transaction.joined().size(), revoked.size()));
    blocks = 0;
    addCopies(transaction.joined(), transaction.tid());
    addRevokes(revoked, transaction.tid());
  }

  MemorySegment buffer() {
    return buffer;
  }

  /** Blocks in the buffer. */
  int blocks() {
    return blocks;
  }

  private void addCopies(List<MetaBlock> joined, long tid) {
    int capacity = DescriptorBlock.capacity(blockSize);
    int descriptor = 0;
    int tags = 0;
    for (MetaBlock block : joined) {
      if (block.forgotten) {
        continue;
      }
      if (tags == 0) {
        descriptor = blocks++;
      }
      addCopy(block, tid, tags++);
      if (tags == capacity) {
        sealControl(JournalHeader.DESCRIPTOR, tid, tags, descriptor);
        tags = 0;
      }
    }
    if (tags > 0) {
      sealControl(JournalHeader.DESCRIPTOR, tid, tags, descriptor);
    }
  }

  private void addCopy(MetaBlock block, long tid, int tag) {
    System.arraycopy(block.data(), 0, copy, 0, blockSize);
    block.seal().seal(copy, block.number());
    boolean escape = Bytes.getInt(copy, 0) == JournalHeader.MAGIC;
    if (escape) {
      Bytes.putInt(copy, 0, 0);
    }
    int crc = DescriptorBlock.copyChecksum(tid, copy);
    DescriptorBlock.putTag(control, tag, block.number(), escape ? DescriptorBlock.ESCAPE : 0, crc);
    store(copy, blocks++);
  }

  private void addRevokes(List<MetaBlock> revoked, long tid) {
    int capacity = RevokeBlock.capacity(blockSize);
    int entries = 0;
    for (MetaBlock block : revoked) {
      RevokeBlock.put(control, entries++, block.number());
      if (entries == capacity) {
        sealControl(JournalHeader.REVOKE, tid, entries, blocks++);
        entries = 0;
      }
    }
    if (entries > 0) {
      sealControl(JournalHeader.REVOKE, tid, entries, blocks++);
    }
  }

  private void sealControl(int type, long tid, int count, int index) {
    JournalHeader.seal(control, type, tid, count);
    store(control, index);
    Arrays.fill(control, (byte) 0);
  }

  private void store(byte[] block, int index) {
    MemorySegment.copy(
        block, 0, buffer, ValueLayout.JAVA_BYTE, (long) index * blockSize, blockSize);
  }

  private void reserve(int wanted) {
    long bytes = (long) wanted * blockSize;
    if (buffer.byteSize() < bytes) {
      long limit = (long) area.maxTransactionBlocks() * blockSize;
      buffer = device.allocateBuffer(Math.min(limit, Math.max(bytes, 2 * buffer.byteSize())));
    }
  }
}
