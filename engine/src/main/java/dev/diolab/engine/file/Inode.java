package dev.diolab.engine.file;

import dev.diolab.engine.cache.PageCache;
import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.InodeRecord;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.journal.MetaBlock;
import dev.diolab.engine.locking.DioCount;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import dev.diolab.engine.locking.RwSem;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An inode in memory: its record and sizes, its locks, and the transactions an fsync waits for. Its
 * blocks are {@link InodeBlocks}.
 *
 * <p>Thread safety: every method takes the i_data_sem it needs, except where it says otherwise.
 */
final class Inode implements InodeView {
  private final Volume volume;
  private final int number;
  private final MetaBlock table;
  private final int recordAt;
  private final RwSem dataSem = new RwSem();
  private final DioCount dioCount = new DioCount();
  private final PageCache pages;
  private final InodeLocking locking;

  private final InodeBlocks blocks;

  private final PendingConversions conversions = new PendingConversions(this);
  private final LazyZeroing lazyZeroing = new LazyZeroing(this);

  /**
   * i_size in bytes; moved under [i_data_sem exclusive], read without a lock. It moves after {@link
   * #syncTid}: who sees the new size sees that its transaction has to be waited for.
   */
  private volatile long size;

  /**
   * i_disksize in bytes, what the record says: never above {@link #size}. It stays behind while
   * bytes written through the page cache are not on the device. Moved under [i_data_sem exclusive],
   * read without a lock.
   */
  private volatile long diskSize;

  /** How often i_size was moved back; moved under [i_data_sem exclusive], read without a lock. */
  private final AtomicInteger cuts = new AtomicInteger();

  /**
   * Last transaction that changed the inode; moved under [i_data_sem exclusive], read without a
   * lock.
   */
  private volatile long syncTid;

  /**
   * Direct writes in flight that convert blocks after their data, under a policy that zeroes ahead.
   * Raised by whoever maps alone, lowered from anywhere after the conversion.
   */
  private final AtomicInteger fillingUnwritten = new AtomicInteger();

  /** Set once, under the grant that excludes all other users of the inode. */
  private volatile boolean unlinked;

  /** The inode whose record lies at {@code recordAt} of {@code table}. */
  Inode(Volume volume, int number, MetaBlock table, int recordAt) throws CorruptImageException {
    this.volume = volume;
    this.number = number;
    this.table = table;
    this.recordAt = recordAt;
    this.size = InodeRecord.size(table.data(), recordAt);
    this.diskSize = size;
    this.blocks = new InodeBlocks(this);
    this.pages = new PageCache(volume.pagePool(), new InodePages(this));
    this.locking = volume.strategy().attach(this);
  }

  Volume volume() {
    return volume;
  }

  int number() {
    return number;
  }

  MetaBlock table() {
    return table;
  }

  int recordAt() {
    return recordAt;
  }

  /** The blocks of the file. */
  InodeBlocks blocks() {
    return blocks;
  }

  /** What completed before its conversion. */
  PendingConversions conversions() {
    return conversions;
  }

  /** What fallocate gave and a thread zeroes. */
  LazyZeroing lazyZeroing() {
    return lazyZeroing;
  }

  InodeLocking locking() {
    return locking;
  }

  @Override
  public long size() {
    return size;
  }

  /** i_disksize: the size in bytes that a crash leaves, once its transaction is durable. */
  long diskSize() {
    return diskSize;
  }

  @Override
  public int blockSize() {
    return volume.blockSize();
  }

  @Override
  public RwSem dataSem() {
    return dataSem;
  }

  @Override
  public DioCount dioCount() {
    return dioCount;
  }

  @Override
  public PageCache pages() {
    return pages;
  }

  /** A direct write will fill unwritten blocks ({@code by} is 1), or has converted them (-1). */
  void fillsUnwritten(int by) {
    fillingUnwritten.addAndGet(by);
  }

  boolean isUnwrittenBeingFilled() {
    return fillingUnwritten.get() > 0;
  }

  /** Last transaction that an fsync of this inode has to wait for. */
  long syncTid() {
    return syncTid;
  }

  /**
   * Throws when the inode was unlinked. Asked under a grant, which keeps an unlink out: what would
   * go on after one would change a record that belongs to another file.
   */
  void requireLinked() throws IOException {
    if (unlinked) {
      throw new IOException("inode " + number + " was unlinked");
    }
  }

  void markUnlinked() {
    unlinked = true;
  }

  /** First block that lies entirely at or beyond {@code offset}. */
  long blocksUpTo(long offset) {
    return (offset + blockSize() - 1) / blockSize();
  }

  /** First byte behind the block that holds the byte {@code offset}. */
  long endOfBlock(long offset) {
    return (offset / blockSize() + 1) * blockSize();
  }

  /** See {@link dev.diolab.engine.locking.DirectIo#isOverwrite}. */
  boolean isOverwrite(DioRequest request) {
    long first = request.offset() / blockSize();
    long count = blocksUpTo(request.end()) - first;
    if (!request.isNowait()) {
      dataSem.lockShared();
    } else if (!dataSem.tryLockShared()) {
      return false;
    }
    try {
      blocks.map(first, count, request.mapping, true);
    } catch (IOException e) {
      return false; // the path looks up again, and reports the failure with its place
    } finally {
      dataSem.unlockShared();
    }
    return request.mapping.state() == ExtentState.WRITTEN && request.mapping.blocks() >= count;
  }

  /** Sets i_size and i_disksize within {@code handle}, which needs one credit. */
  void setSize(Handle handle, long newSize) {
    dataSem.lockExclusive();
    try {
      changedIn(handle);
      putDiskSize(handle, newSize);
      if (newSize < size) {
        cuts.incrementAndGet();
      }
      size = newSize;
    } finally {
      dataSem.unlockExclusive();
    }
  }

  /**
   * As {@link #setSize}, but never moves one of them back: another write may have moved it further.
   */
  void growSize(Handle handle, long newSize) {
    dataSem.lockExclusive();
    try {
      changedIn(handle);
      if (newSize > diskSize) {
        putDiskSize(handle, newSize);
      }
      size = Math.max(size, newSize);
    } finally {
      dataSem.unlockExclusive();
    }
  }

  /** Moves i_size forward in memory only: what it covers now is in the page cache. */
  void growCachedSize(long newSize) {
    dataSem.lockExclusive();
    try {
      size = Math.max(size, newSize);
    } finally {
      dataSem.unlockExclusive();
    }
  }

  /**
   * Moves i_disksize forward to {@code end}, but not over i_size, in a transaction of its own if it
   * has to move. What it comes to cover is on the device, or in unwritten blocks.
   */
  void growDiskSize(long end) throws IOException {
    growDiskSize(end, cuts.get());
  }

  /**
   * The same unless i_size was moved back since {@link #cuts} was {@code cutsBefore}: what it has
   * come to cover again may be in the page cache only.
   */
  private void growDiskSize(long end, int cutsBefore) throws IOException {
    if (Math.min(end, size) <= diskSize) {
      return;
    }
    try (Handle handle = volume.journal().start(1)) {
      dataSem.lockExclusive();
      try {
        changedIn(handle);
        if (cuts.get() == cutsBefore) {
          coverOnDisk(handle, end);
        }
      } finally {
        dataSem.unlockExclusive();
      }
    }
  }

  /**
   * Converts what waits for that, writes all dirty pages out and moves i_disksize to what i_size
   * was before: a page may have been punched away before it moved it. Not after a truncate in
   * between, which has moved i_disksize itself.
   */
  void writePages() throws IOException {
    int cutsBefore = cuts.get();
    long sizeBefore = size;
    conversions.drain();
    pages.writeAll();
    growDiskSize(sizeBefore, cutsBefore);
    conversions.tellBroken();
  }

  /**
   * Moves i_disksize forward to {@code end}, but not over i_size. The caller holds [i_data_sem
   * exclusive]; {@code handle} has a credit for the inode's block.
   */
  void coverOnDisk(Handle handle, long end) {
    long covered = Math.min(end, size);
    if (covered > diskSize) {
      putDiskSize(handle, covered);
    }
  }

  private void putDiskSize(Handle handle, long newSize) {
    handle.modify(table);
    InodeRecord.putSize(table.data(), recordAt, newSize);
    diskSize = newSize;
  }

  /**
   * Marks the record as unlinked within {@code handle}, which needs one credit: a crash ends in a
   * free inode.
   */
  void recordUnlink(Handle handle) {
    handle.modify(table);
    InodeRecord.unlink(table.data(), recordAt);
  }

  /** Frees the record within {@code handle}, which needs one credit. */
  void recordFree(Handle handle) {
    handle.modify(table);
    InodeRecord.free(table.data(), recordAt);
  }

  boolean isRecordUnlinked() {
    return InodeRecord.isUnlinked(table.data(), recordAt);
  }

  boolean isRecordFree() {
    return !InodeRecord.inUse(table.data(), recordAt);
  }

  /** Next inode on the orphan list of the image. */
  int orphanNext() {
    return InodeRecord.orphanNext(table.data(), recordAt);
  }

  /** Notes the transaction that made this inode; before any other thread knows it. */
  void createdIn(Handle handle) {
    changedIn(handle);
  }

  /** Notes the transaction of {@code handle}; under [i_data_sem exclusive]. */
  void changedIn(Handle handle) {
    syncTid = handle.tid();
  }
}
