package dev.diolab.engine.journal;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.format.BlockSeal;
import dev.diolab.engine.format.CorruptImageException;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The metadata blocks in memory, one {@link MetaBlock} per block number, kept until the block is
 * freed.
 *
 * <p>Nothing is evicted: metadata is about 12 bytes per extent and one bitmap block per group, far
 * below what a run can spare, and a look-up that never waits for the disk keeps the cold cache out
 * of the measured locking.
 *
 * <p>Thread safety: all methods may be called at once. A look-up that hits takes no lock and
 * allocates nothing.
 */
public final class BlockCache {
  private static final int CHUNK_BITS = 10;
  private static final int CHUNK_MASK = (1 << CHUNK_BITS) - 1;

  private final BlockDevice device;
  private final int blockSize;
  private final long blocks;

  /** Radix of two levels over the block number; slots are set under [this], read without a lock. */
  private final AtomicReferenceArray<@Nullable AtomicReferenceArray<@Nullable MetaBlock>> chunks;

  /** Transfer buffer for misses. [this] */
  private final MemorySegment transfer;

  /** A cache of the blocks of {@code device}, which are {@code blockSize} bytes long. */
  public BlockCache(BlockDevice device, int blockSize) {
    this.device = device;
    this.blockSize = blockSize;
    this.blocks = device.sizeBytes() / blockSize;
    this.chunks = new AtomicReferenceArray<>(Math.toIntExact((blocks >> CHUNK_BITS) + 1));
    this.transfer = device.allocateBuffer(blockSize);
  }

  /** Size of a block in bytes. */
  public int blockSize() {
    return blockSize;
  }

  /**
   * The block {@code number}, read and verified by {@code seal} at its first use.
   *
   * @throws CorruptImageException when the device has no such block, the block is damaged, or it is
   *     known as a block of another kind: a structure that names it is wrong
   * @throws IOException also when the device fails; the block is then not cached
   */
  public MetaBlock get(long number, BlockSeal seal) throws IOException {
    if (number < 0 || number >= blocks) {
      throw new CorruptImageException(
          "a metadata block is at block "
              + number
              + ", the device has blocks 0 to "
              + (blocks - 1));
    }
    MetaBlock cached = cached(number);
    return cached != null ? requireKind(cached, seal) : load(number, seal);
  }

  /**
   * Without this check, a node pointer to a bitmap would change the bitmap as if it were a node.
   */
  private static MetaBlock requireKind(MetaBlock block, BlockSeal seal)
      throws CorruptImageException {
    if (!block.seal().equals(seal)) {
      throw new CorruptImageException(
          "block "
              + block.number()
              + " is metadata of another kind than the structure that refers to it expects");
    }
    return block;
  }

  /**
   * A zeroed block for a {@code number} that was just allocated: what the device holds there is not
   * read.
   */
  public synchronized MetaBlock fresh(long number, BlockSeal seal) {
    MetaBlock block = new MetaBlock(number, new byte[blockSize], seal);
    chunkOf(number).set((int) number & CHUNK_MASK, block);
    return block;
  }

  /**
   * Drops {@code block} after the transaction that freed it committed; a newer block of that number
   * stays.
   */
  synchronized void drop(MetaBlock block) {
    chunkOf(block.number()).compareAndSet((int) block.number() & CHUNK_MASK, block, null);
  }

  /**
   * Drops every block, so that the next look-up reads the image anew; only while no handle is open.
   */
  synchronized void dropAll() {
    for (int i = 0; i < chunks.length(); i++) {
      chunks.set(i, null);
    }
  }

  private @Nullable MetaBlock cached(long number) {
    AtomicReferenceArray<@Nullable MetaBlock> chunk = chunks.get((int) (number >> CHUNK_BITS));
    return chunk == null ? null : chunk.get((int) number & CHUNK_MASK);
  }

  private synchronized MetaBlock load(long number, BlockSeal seal) throws IOException {
    MetaBlock cached = cached(number);
    if (cached != null) {
      return requireKind(cached, seal);
    }
    device.read(transfer, 0, number * blockSize, blockSize);
    byte[] data = new byte[blockSize];
    MemorySegment.copy(transfer, ValueLayout.JAVA_BYTE, 0, data, 0, blockSize);
    seal.verify(data, number);
    MetaBlock block = new MetaBlock(number, data, seal);
    chunkOf(number).set((int) number & CHUNK_MASK, block);
    return block;
  }

  private AtomicReferenceArray<@Nullable MetaBlock> chunkOf(long number) {
    int index = (int) (number >> CHUNK_BITS);
    AtomicReferenceArray<@Nullable MetaBlock> chunk = chunks.get(index);
    if (chunk == null) {
      chunk = new AtomicReferenceArray<>(1 << CHUNK_BITS);
      chunks.set(index, chunk);
    }
    return chunk;
  }
}
