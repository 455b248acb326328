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
 * @param firstBlock block number of the superblock
 * @param blocks superblock and log together
 * @param blockSize bytes of a block
 */
record LogArea(long firstBlock, int blocks, int blockSize) {
  /** Bounds the memory of the staging buffer, which holds a whole transaction. */
  private static final int MAX_TRANSACTION_BYTES = 64 << 20;

  LogArea {
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
    if (creditsOf(transactionBlocks(blocks, blockSize), blockSize) < 1) {
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

  /** Blocks of the log, without the superblock. */
  int logBlocks() {
    return blocks - 1;
  }

  /** Most log blocks that a transaction may take, with descriptors, revokes and commit record. */
  int maxTransactionBlocks() {
    return transactionBlocks(blocks, blockSize);
  }

  /** Most metadata blocks, and as many revokes, that fit into one transaction. */
  int maxCredits() {
    return creditsOf(maxTransactionBlocks(), blockSize);
  }

  /** Log blocks of a transaction of {@code copies} blocks and {@code revokes} revoked blocks. */
  int blocksOf(int copies, int revokes) {
    return blocksBeforeCommit(copies, revokes, blockSize) + 1;
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

  private static int transactionBlocks(int blocks, int blockSize) {
    return Math.min((blocks - 1) / 4, MAX_TRANSACTION_BYTES / blockSize);
  }

  private static int creditsOf(int transactionBlocks, int blockSize) {
    int credits = transactionBlocks;
    while (credits > 0 && blocksBeforeCommit(credits, credits, blockSize) >= transactionBlocks) {
      credits--;
    }
    return credits;
  }

  private static int blocksBeforeCommit(int copies, int revokes, int blockSize) {
    return copies
        + Math.ceilDiv(copies, DescriptorBlock.capacity(blockSize))
        + Math.ceilDiv(revokes, RevokeBlock.capacity(blockSize));
  }
}
