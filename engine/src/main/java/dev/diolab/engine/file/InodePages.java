package dev.diolab.engine.file;

import dev.diolab.engine.cache.PageIo;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.locking.Placeholders;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Moves pages of one inode from and to the device.
 *
 * <p>Assumptions: the caller holds the locks of the pages, so that no truncate or punch frees a
 * block of them under a transfer: both wait for page locks before they free.
 *
 * <p>Guarantees: a block becomes written only after its data is on the device, and i_disksize
 * covers it in the same transaction.
 */
final class InodePages implements PageIo {
  private static final int PAGE_SIZE = Placeholders.PAGE_SIZE;

  private final Inode inode;

  InodePages(Inode inode) {
    this.inode = inode;
  }

  @Override
  public long size() {
    return inode.size();
  }

  @Override
  public void extend(long end) {
    if (end > inode.size()) {
      inode.growCachedSize(end);
    }
  }

  @Override
  public void read(long firstPage, int pages, MemorySegment into) throws IOException {
    inode.conversions().drain();
    long start = firstPage * PAGE_SIZE;
    long bytes = (long) pages * PAGE_SIZE;
    long end = Math.max(start, Math.min(start + bytes, inode.size()));
    Mapping mapping = new Mapping();
    long position = start;
    while (position < end) {
      position = readRun(mapping, start, position, end, into);
    }
    into.asSlice(end - start, bytes - (end - start)).fill((byte) 0);
    inode.volume().counts().pagesRead.add(pages);
  }

  /** Reads whole blocks up to the end of a run or of the range; where it ended. */
  private long readRun(Mapping mapping, long start, long position, long end, MemorySegment into)
      throws IOException {
    int blockSize = inode.blockSize();
    long logical = position / blockSize;
    inode.blocks().map(logical, inode.blocksUpTo(end) - logical, mapping, false);
    int bytes = (int) (mapping.blocks() * blockSize);
    if (mapping.state() == ExtentState.WRITTEN) {
      device().read(into, position - start, mapping.physical() * blockSize, bytes);
    } else {
      into.asSlice(position - start, bytes).fill((byte) 0);
    }
    return position + bytes;
  }

  @Override
  public void write(long firstPage, int pages, MemorySegment from, byte[] dirtySectors)
      throws IOException {
    inode.volume().requireWritable();
    long start = firstPage * PAGE_SIZE;
    long bytes = (long) pages * PAGE_SIZE;
    long end = Math.min(start + bytes, inode.size());
    if (end <= start) {
      return;
    }
    from.asSlice(end - start, bytes - (end - start)).fill((byte) 0);
    convert(transfer(start, end, from, new DirtyBlocks(dirtySectors, inode.blockSize())));
    inode.growDiskSize(end);
    inode.volume().counts().pagesWritten.add(pages);
  }

  /**
   * Writes all dirty blocks of the range that exist; the unwritten ones among them. A hole was
   * never written to: who writes to a page allocates its blocks first.
   */
  private ByteRanges transfer(long start, long end, MemorySegment from, DirtyBlocks dirty)
      throws IOException {
    int blockSize = inode.blockSize();
    Mapping mapping = new Mapping();
    ByteRanges unwritten = new ByteRanges();
    long first = start / blockSize;
    int behind = (int) (inode.blocksUpTo(end) - first);
    int block = dirty.next(0, behind);
    while (block < behind) {
      long logical = first + block;
      inode.blocks().map(logical, dirty.run(block, behind), mapping, false);
      if (mapping.state() != ExtentState.HOLE) {
        device()
            .write(
                from,
                logical * blockSize - start,
                mapping.physical() * blockSize,
                (int) (mapping.blocks() * blockSize));
      }
      long runEnd = logical + mapping.blocks();
      if (mapping.state() == ExtentState.UNWRITTEN) {
        unwritten.add(logical * blockSize, Math.min(end, runEnd * blockSize));
      }
      block = dirty.next((int) (runEnd - first), behind);
    }
    return unwritten;
  }

  /**
   * Converts exactly the runs that were unwritten when their data was written: a block that was
   * allocated since holds somebody else's bytes.
   */
  private void convert(ByteRanges unwritten) throws IOException {
    inode.blocks().conversion().convert(unwritten, new PhaseClock());
  }

  private BlockDevice device() {
    return inode.volume().device();
  }
}
