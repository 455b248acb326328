package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.DescriptorBlock;
import dev.diolab.engine.format.RevokeBlock;

/**
 * Where the journal lies on the device and how much a transaction may take of it.
 *
 * <p>The first block is the superblock, the others are the log, a ring. A <em>position</em> counts
 * the blocks of the log without end; the ring block of a position is its remainder.
 *
 * <p>Thread safety: immutable.
 */
final class LogArea {
  /** Bounds the memory of the staging buffer, which holds a whole transaction. */
  private static final int MAX_TRANSACTION_BYTES = 64 << 20;

  private final long firstBlock;
  private final int blocks;
  private final int blockSize;
  private final int maxTransactionBlocks;
  private final int maxCredits;

  /** Superblock at {@code firstBlock}, log behind it, {@code blocks} in all. */
  LogArea(long firstBlock, int blocks, int blockSize) {
    if (firstBlock < 0 || blocks < 1 || blockSize < 512 || Integer.bitCount(blockSize) != 1) {
      throw new IllegalArgumentException(
          "no journal: first block "
              + firstBlock
              + ", "
              + blocks
              + " blocks of "
              + blockSize
              + " bytes");
    }
    this.firstBlock = firstBlock;
    this.blocks = blocks;
    this.blockSize = blockSize;
    this.maxTransactionBlocks = Math.min((blocks - 1) / 4, MAX_TRANSACTION_BYTES / blockSize);
    this.maxCredits = creditsOf(maxTransactionBlocks);
    if (maxCredits < 1) {
      throw new IllegalArgumentException(
          "journal of " + blocks + " blocks is too small for one transaction");
    }
  }

  /** The area, after a check that {@code device} can hold it and transfer single blocks. */
  static LogArea on(BlockDevice device, long firstBlock, int blocks, int blockSize) {
    LogArea area = new LogArea(firstBlock, blocks, blockSize);
    if (blockSize % device.offsetAlignment() != 0) {
      throw new IllegalArgumentException(
          "block size "
              + blockSize
              + " is not a multiple of the device's alignment of "
              + device.offsetAlignment());
    }
    if ((firstBlock + blocks) * blockSize > device.sizeBytes()) {
      throw new IllegalArgumentException(
          "journal ends at byte "
              + (firstBlock + blocks) * blockSize
              + ", behind the end of the device at "
              + device.sizeBytes());
    }
    return area;
  }

  long firstBlock() {
    return firstBlock;
  }

  int blockSize() {
    return blockSize;
  }

  /** Blocks of the log, without the superblock. */
  int logBlocks() {
    return blocks - 1;
  }

  /** Most log blocks that a transaction may take, with descriptors, revokes and commit record. */
  int maxTransactionBlocks() {
    return maxTransactionBlocks;
  }

  /** Most metadata blocks, and as many revokes, that fit into one transaction. */
  int maxCredits() {
    return maxCredits;
  }

  /** Log blocks of a transaction of {@code copies} blocks and {@code revokes} revoked blocks. */
  int blocksOf(int copies, int revokes) {
    return copies
        + Math.ceilDiv(copies, DescriptorBlock.capacity(blockSize))
        + Math.ceilDiv(revokes, RevokeBlock.capacity(blockSize))
        + 1;
  }

  long deviceOffset(long position) {
    return (firstBlock + 1 + position % logBlocks()) * blockSize;
  }

  long superblockOffset() {
    return firstBlock * blockSize;
  }

  /** Blocks from {@code position} to the end of the ring: the most that one transfer may take. */
  int blocksToWrap(long position) {
    return logBlocks() - (int) (position % logBlocks());
  }

  boolean contains(long block) {
    return block >= firstBlock && block < firstBlock + blocks;
  }

  private int creditsOf(int transactionBlocks) {
    int credits = transactionBlocks;
    while (credits > 0 && blocksOf(credits, credits) > transactionBlocks) {
      credits--;
    }
    return credits;
  }
}
