package dev.diolab.engine.file;

import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.extent.ExtentVisitor;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.format.InodeRecord;
import dev.diolab.engine.journal.JournalAbortedException;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.Placeholders;
import java.io.IOException;

/**
 * An open file of a volume, for direct, buffered and mapped I/O.
 *
 * <p>Thread safety: all methods may be called by any number of threads at once, each with its own
 * {@link DioRequest}; what they wait for is the strategy's choice. What overlapping requests see of
 * each other is the strategy's guarantee.
 *
 * <p>Every method throws {@link IOException} when the device fails, the image is corrupt or full
 * ({@code NoSpaceException}), or the file was unlinked. Once the journal of the volume has failed,
 * every method that changes the file and fsync throw {@link ReadOnlyVolumeException}; reads go on.
 */
public final class DioFile {
  /** What a NOWAIT request returns that would have had to wait. */
  public static final int WOULD_BLOCK = -1;

  private final Inode inode;

  DioFile(Inode inode) {
    this.inode = inode;
  }

  /** The number under which {@link Volume#open} finds this file. */
  public int inodeNumber() {
    return inode.number();
  }

  /** i_size in bytes. */
  public long size() {
    return inode.size();
  }

  /**
   * Reads directly into the request's buffer. Holes and unwritten blocks read as zeros.
   *
   * @return bytes read: fewer than asked where the file ends, 0 at or behind its end; {@link
   *     #WOULD_BLOCK} when the request is NOWAIT and would have to wait for a lock or for dirty
   *     pages
   * @throws UnsupportedOperationException when the request is NOWAIT and the strategy knows no such
   *     thing
   * @throws IllegalArgumentException when offset, length or buffer are not aligned as the device
   *     needs it
   */
  public int read(DioRequest request) throws IOException {
    check(request);
    try {
      return DirectRead.run(inode, request);
    } catch (JournalAbortedException e) {
      throw inode.volume().readOnly(e); // it failed while pages were written out to make way
    }
  }

  /**
   * Writes the request's buffer directly, allocating and extending as needed. Durable when it
   * returns if the request says dsync, otherwise after the next {@link #fsync}.
   *
   * <p>A conversion takes as many transactions as the extents ask for. After a crash before the
   * write was durable, a first part of its unwritten blocks may be written and hold the new data,
   * and the rest reads as zeros.
   *
   * <p>An extending write that fails cuts the file back to its size; that frees also the blocks
   * that {@link #fallocate} put behind the size (KEEP_SIZE), as in ext4.
   *
   * <p>What the strategy or the policy does not write directly, and all from there on, goes through
   * the page cache and is written out before the call returns (ENOTBLK).
   *
   * @return bytes written: always the whole request, or {@link #WOULD_BLOCK} when it is NOWAIT and
   *     would have to wait for a lock, for blocks, or for pages
   * @throws UnsupportedOperationException when the request is NOWAIT and the strategy knows no such
   *     thing
   * @throws IllegalArgumentException when offset, length or buffer are not aligned as the device
   *     needs it
   * @throws IOException also when a part failed. The size is then unchanged, unless the write went
   *     through the page cache: its pages are still dirty, and i_size covers them as after {@link
   *     #writeBuffered}. Blocks that were written before hold old or new data. When the transfer
   *     failed, no unwritten block became written; when the conversion after it failed half-way, a
   *     first part of the unwritten blocks is written and holds the new data, the rest still reads
   *     as zeros. No block ever shows what was not written to this file.
   */
  public int write(DioRequest request) throws IOException {
    check(request);
    checkEnd(request.end());
    inode.volume().requireWritable();
    try {
      return DirectWrite.run(inode, request);
    } catch (JournalAbortedException e) {
      throw inode.volume().readOnly(e);
    }
  }

  /**
   * Allocates unwritten blocks for the holes of a range (fallocate mode 0, or KEEP_SIZE). Blocks
   * behind the size stay until a truncate, an extending write that fails, or a mount that has to
   * end an extending write or truncate of this file after a crash.
   *
   * @param offset first byte, at least 0
   * @param bytes length, at least 1
   * @param keepSize whether the size stays when the range passes it
   */
  public void fallocate(long offset, long bytes, boolean keepSize) throws IOException {
    checkRange("fallocate", offset, bytes);
    try {
      Preallocation.run(inode, offset, bytes, keepSize);
    } catch (JournalAbortedException e) {
      throw inode.volume().readOnly(e);
    }
  }

  /**
   * Reads through the page cache: any offset, length and buffer.
   *
   * @return bytes read: fewer than asked where the file ends, 0 at or behind its end; {@link
   *     #WOULD_BLOCK} when the request is NOWAIT and its first page is not cached
   * @throws UnsupportedOperationException when the request is NOWAIT and the strategy knows no such
   *     thing
   */
  public int readBuffered(DioRequest request) throws IOException {
    requirePrepared(request);
    try {
      return BufferedRead.run(inode, request);
    } catch (JournalAbortedException e) {
      throw inode.volume().readOnly(e); // it failed while pages were written out to make way
    }
  }

  /**
   * Writes through the page cache: any offset, length and buffer. i_size moves at once, i_disksize
   * when the pages are written out; durable after the next {@link #fsync}, or when it returns if
   * the request says dsync.
   *
   * @return bytes written: always the whole request
   * @throws UnsupportedOperationException when the request is NOWAIT
   * @throws IOException when the volume is full (nothing of the request behind the old i_size is
   *     kept), or a page cannot be read
   */
  public int writeBuffered(DioRequest request) throws IOException {
    requirePrepared(request);
    if (request.isNowait()) {
      throw new UnsupportedOperationException("a buffered write cannot be NOWAIT");
    }
    checkEnd(request.end());
    inode.volume().requireWritable();
    try {
      return BufferedWrite.run(inode, request);
    } catch (JournalAbortedException e) {
      throw inode.volume().readOnly(e);
    }
  }

  /**
   * Maps a range of the file into memory; {@code offset} is a multiple of the page size.
   *
   * @throws IllegalArgumentException when it is not, or the range is empty or negative
   */
  public FileMapping mmap(long offset, long bytes) {
    if (offset < 0
        || offset % Placeholders.PAGE_SIZE != 0
        || bytes < 1
        || offset > Long.MAX_VALUE - bytes) {
      throw new IllegalArgumentException(
          "mapping of " + bytes + " bytes at offset " + offset + " is not a range of pages");
    }
    return new FileMapping(inode, offset, bytes);
  }

  /**
   * Frees the whole blocks of a range and zeroes the parts of blocks at its ends (fallocate with
   * PUNCH_HOLE and KEEP_SIZE). Blocks of the range behind the size are freed too. Durable after the
   * next {@link #fsync}; a crash before that leaves each sector of the range as it was or zero.
   *
   * @param offset first byte, at least 0
   * @param bytes length, at least 1
   * @throws dev.diolab.engine.extent.NoSpaceException when an extent must be cut in two and no
   *     block is free for the node that takes; its blocks stay, and only what the range has of
   *     blocks at its ends is zeroed
   * @throws IOException also when a part failed: each block of the range is then as it was or reads
   *     as zeros
   */
  public void punchHole(long offset, long bytes) throws IOException {
    checkRange("punch", offset, bytes);
    try {
      RangeZeroing.punch(inode, offset, bytes);
    } catch (JournalAbortedException e) {
      throw inode.volume().readOnly(e);
    }
  }

  /**
   * Makes a range read as zeros with unwritten blocks (fallocate with ZERO_RANGE): written blocks
   * become unwritten in place, holes are filled, parts of blocks at the ends are zeroed. Durable
   * and after a crash as {@link #punchHole}.
   *
   * @param offset first byte, at least 0
   * @param bytes length, at least 1
   * @param keepSize whether the size stays when the range passes it
   */
  public void zeroRange(long offset, long bytes, boolean keepSize) throws IOException {
    checkRange("zeroing", offset, bytes);
    try {
      RangeZeroing.zero(inode, offset, bytes, keepSize);
    } catch (JournalAbortedException e) {
      throw inode.volume().readOnly(e);
    }
  }

  /**
   * Sets the size in bytes. Bytes that a growing file gains read as zeros; blocks behind a smaller
   * size are freed.
   */
  public void truncate(long newSize) throws IOException {
    if (newSize < 0) {
      throw new IllegalArgumentException("truncate to negative size " + newSize);
    }
    checkEnd(newSize);
    inode.volume().requireWritable();
    try {
      Truncation.run(inode, newSize);
    } catch (JournalAbortedException e) {
      throw inode.volume().readOnly(e);
    }
  }

  /**
   * Makes everything that completed on this file before the call durable.
   *
   * <p>A flush that fails turns the volume read-only: the device may have dropped any write in its
   * cache, so that no later fsync could vouch for the writes before it.
   *
   * @throws AssertionError when what completed could not be converted, because the strategy let
   *     somebody free the blocks of a write in flight; told once
   */
  public void fsync() throws IOException {
    inode.volume().requireWritable();
    Grant grant = inode.locking().fsync();
    try {
      inode.requireLinked();
      inode.writePages();
      inode.volume().journal().sync(inode.syncTid());
    } catch (JournalAbortedException e) {
      throw inode.volume().readOnly(e);
    } catch (BrokenException e) {
      throw e.told();
    } finally {
      grant.close();
    }
  }

  /**
   * As {@link #fsync}: inodes have no time stamps, so there is no metadata that fdatasync could
   * leave out.
   */
  public void fdatasync() throws IOException {
    fsync();
  }

  /** How many extents and blocks the file has now. */
  public ExtentSummary extents() throws IOException {
    inode.requireLinked();
    return inode.blocks().summary();
  }

  /** Shows all extents in logical order; the file cannot allocate meanwhile. */
  public void forEachExtent(ExtentVisitor visitor) throws IOException {
    inode.requireLinked();
    inode.blocks().forEachExtent(visitor);
  }

  /**
   * Looks up the block that holds the byte {@code offset} and up to {@code maxBlocks} that follow
   * in the same run. Allocates nothing.
   *
   * @param offset at least 0 and below the largest size of a file
   * @param maxBlocks at least 1
   */
  public void map(long offset, long maxBlocks, Mapping out) throws IOException {
    if (offset < 0 || offset >= InodeRecord.largestSize(inode.blockSize()) || maxBlocks < 1) {
      throw new IllegalArgumentException(
          "look-up of " + maxBlocks + " blocks at offset " + offset + " is not in any file");
    }
    inode.requireLinked();
    inode.blocks().map(offset / inode.blockSize(), maxBlocks, out, false);
  }

  /** What an asynchronous read needs; throws as {@link #read}. */
  Inode checkedForRead(DioRequest request) {
    check(request);
    return inode;
  }

  /** What an asynchronous write needs; throws as {@link #write}. */
  Inode checkedForWrite(DioRequest request) throws ReadOnlyVolumeException {
    check(request);
    checkEnd(request.end());
    inode.volume().requireWritable();
    return inode;
  }

  private void check(DioRequest request) {
    requirePrepared(request);
    BlockDevice device = inode.volume().device();
    int alignment = device.offsetAlignment();
    if (request.offset() % alignment != 0 || request.bytes() % alignment != 0) {
      throw new IllegalArgumentException(
          "direct request of "
              + request.bytes()
              + " bytes at offset "
              + request.offset()
              + ": both must be multiples of "
              + alignment
              + ", the alignment of the device");
    }
  }

  /** A range that a call of the fallocate family may change. */
  private void checkRange(String what, long offset, long bytes) throws ReadOnlyVolumeException {
    if (offset < 0 || bytes < 1 || offset > Long.MAX_VALUE - bytes) {
      throw new IllegalArgumentException(
          what + " of " + bytes + " bytes at offset " + offset + " is not a range");
    }
    checkEnd(offset + bytes);
    inode.volume().requireWritable();
  }

  private void requirePrepared(DioRequest request) {
    request.flight.requireLanded();
    if (request.bytesAsked() == 0) {
      throw new IllegalStateException(
          "the request was not prepared: call DioRequest.prepare first");
    }
    if (request.isNowait() && !inode.volume().rules().knowsNowait()) {
      throw new UnsupportedOperationException(
          "strategy " + inode.volume().strategy().name() + " knows no NOWAIT");
    }
  }

  private void checkEnd(long end) {
    long largest = InodeRecord.largestSize(inode.blockSize());
    if (end > largest) {
      throw new IllegalArgumentException(
          "end of file at " + end + " is beyond the largest file of " + largest + " bytes");
    }
  }
}
