package dev.diolab.engine.file;

import dev.diolab.engine.cache.PageCache;
import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.ExtentTree;
import dev.diolab.engine.extent.ExtentVisitor;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.extent.NoSpaceException;
import dev.diolab.engine.extent.RootView;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.InodeRecord;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.journal.MetaBlock;
import dev.diolab.engine.locking.DioCount;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import dev.diolab.engine.locking.RwSem;
import java.io.IOException;
import java.util.function.ToIntFunction;

/**
 * An inode in memory: its sizes, its extent tree under i_data_sem, its locks, and the transactions
 * an fsync waits for.
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

  /** [i_data_sem] */
  private final ExtentTree tree;

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

  /**
   * Last transaction that changed the inode; moved under [i_data_sem exclusive], read without a
   * lock.
   */
  private volatile long syncTid;

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
    this.tree =
        new ExtentTree(
            volume.cache(),
            volume.allocator(),
            new RootView(table, recordAt + InodeRecord.ROOT_AT),
            volume.allocator().goalOf(number));
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

  /**
   * Looks up {@code maxBlocks} from {@code logical} on; {@code locked} when the caller holds
   * i_data_sem.
   */
  void map(long logical, long maxBlocks, Mapping out, boolean locked) throws IOException {
    if (locked) {
      tree.map(logical, maxBlocks, out);
      return;
    }
    dataSem.lockShared();
    try {
      tree.map(logical, maxBlocks, out);
    } finally {
      dataSem.unlockShared();
    }
  }

  /** See {@link dev.diolab.engine.locking.DirectIo#isOverwrite}. */
  boolean isOverwrite(DioRequest request) {
    long first = request.offset() / blockSize();
    long blocks = blocksUpTo(request.end()) - first;
    try {
      map(first, blocks, request.mapping, false);
    } catch (IOException e) {
      return false; // the path looks up again, and reports the failure with its place
    }
    return request.mapping.state() == ExtentState.WRITTEN && request.mapping.blocks() >= blocks;
  }

  /**
   * Allocates blocks for a hole at {@code logical}, or looks up what somebody else allocated there
   * meanwhile. When only blocks of uncommitted frees are left, commits those and tries once more.
   *
   * @param maxBlocks upper bound, at least 1
   * @param state what the blocks are afterwards
   * @return whether the blocks are new
   */
  boolean allocate(long logical, long maxBlocks, ExtentState state, Mapping out, PhaseClock clock)
      throws IOException {
    try {
      return allocateOnce(logical, maxBlocks, state, out, clock);
    } catch (NoSpaceException full) {
      commitFrees(clock);
      return allocateOnce(logical, maxBlocks, state, out, clock);
    }
  }

  /**
   * Makes the blocks of all frees so far allocatable. Whether there are any is not asked first:
   * another thread's commit may have just made them so.
   */
  private void commitFrees(PhaseClock clock) throws IOException {
    volume.journal().commitAll();
    clock.lap(Phase.JOURNAL_WAIT);
  }

  private boolean allocateOnce(
      long logical, long maxBlocks, ExtentState state, Mapping out, PhaseClock clock)
      throws IOException {
    try (Handle handle = startWithDataSem(ExtentTree::insertCredits, clock)) {
      try {
        tree.map(logical, maxBlocks, out);
        if (out.state() != ExtentState.HOLE) {
          return false;
        }
        tree.allocate(handle, logical, Math.min(maxBlocks, out.blocks()), state, out);
        changedIn(handle);
        return true;
      } catch (CorruptImageException e) {
        throw halfChanged(e);
      } finally {
        dataSem.unlockExclusive();
      }
    } finally {
      clock.lap(Phase.MAPPING);
    }
  }

  /**
   * Converts the unwritten blocks of the bytes from {@code offset} to {@code end} to written, none
   * of which is a hole. i_disksize moves over them in the same transactions, but not over i_size:
   * so no crash leaves written blocks behind the size. Cutting an extent may need a node; when only
   * blocks of uncommitted frees are left, commits those and tries once more.
   *
   * @return the last transaction that holds a part of it
   */
  long convert(long offset, long end, PhaseClock clock) throws IOException {
    try {
      return convertOnce(offset, end, clock);
    } catch (NoSpaceException full) {
      commitFrees(clock);
      return convertOnce(offset, end, clock);
    }
  }

  private long convertOnce(long offset, long end, PhaseClock clock) throws IOException {
    long logical = offset / blockSize();
    long last = blocksUpTo(end);
    long tid = 0;
    while (logical < last) {
      try (Handle handle = startWithDataSem(ExtentTree::convertCredits, clock)) {
        try {
          logical += tree.convert(handle, logical, last - logical);
          changedIn(handle);
          coverOnDisk(handle, Math.min(end, logical * blockSize()));
          tid = handle.tid();
        } catch (CorruptImageException e) {
          throw halfChanged(e);
        } finally {
          dataSem.unlockExclusive();
        }
      }
      clock.lap(Phase.CONVERSION);
    }
    return tid;
  }

  /** Sets i_size and i_disksize within {@code handle}, which needs one credit. */
  void setSize(Handle handle, long newSize) {
    dataSem.lockExclusive();
    try {
      changedIn(handle);
      putDiskSize(handle, newSize);
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
    if (Math.min(end, size) <= diskSize) {
      return;
    }
    try (Handle handle = volume.journal().start(1)) {
      dataSem.lockExclusive();
      try {
        changedIn(handle);
        coverOnDisk(handle, end);
      } finally {
        dataSem.unlockExclusive();
      }
    }
  }

  /**
   * Writes all dirty pages out and moves i_disksize to what i_size was before: a page may have been
   * punched away before it moved it.
   */
  void writePages() throws IOException {
    long sizeBefore = size;
    pages.writeAll();
    growDiskSize(sizeBefore);
  }

  /** The caller holds [i_data_sem exclusive]; {@code handle} has a credit for the inode's block. */
  private void coverOnDisk(Handle handle, long end) {
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
   * Frees all blocks from {@code logical} on, in as many transactions as it takes. Aborts the
   * journal when it fails: blocks would stay behind i_size, and show what is in them as soon as
   * i_size moves over them. The next mount frees them, because the inode is on the orphan list.
   */
  void freeFrom(long logical) throws IOException {
    PhaseClock unused = new PhaseClock();
    boolean done = false;
    while (!done) {
      try (Handle handle = startWithDataSem(ExtentTree::truncateCredits, unused)) {
        try {
          done = tree.truncateTail(handle, logical);
          changedIn(handle);
        } catch (IOException e) {
          volume.journal().abort(e);
          throw e;
        } finally {
          dataSem.unlockExclusive();
        }
      }
    }
  }

  /**
   * Frees the blocks of {@code [from, to)}, in as many transactions as it takes. To cut an extent
   * in two may need a node; when only blocks of uncommitted frees are left, commits those and tries
   * once more.
   *
   * @throws IOException also when a node cannot be read: a part of the range may be freed then
   */
  void punch(long from, long to, PhaseClock clock) throws IOException {
    try {
      punchOnce(from, to, clock);
    } catch (NoSpaceException full) {
      commitFrees(clock);
      punchOnce(from, to, clock);
    }
  }

  private void punchOnce(long from, long to, PhaseClock clock) throws IOException {
    boolean done = false;
    while (!done) {
      try (Handle handle = startWithDataSem(ExtentTree::punchCredits, clock)) {
        try {
          changedIn(handle); // also when the call fails half-way
          done = tree.punch(handle, from, to);
        } catch (CorruptImageException e) {
          throw halfChanged(e);
        } finally {
          dataSem.unlockExclusive();
        }
      }
    }
  }

  /**
   * Makes {@code blocks} written or unwritten blocks from {@code logical} on unwritten, in as many
   * transactions as it takes. Retries as {@link #punch} does.
   */
  void unconvert(long logical, long blocks, PhaseClock clock) throws IOException {
    try {
      unconvertOnce(logical, blocks, clock);
    } catch (NoSpaceException full) {
      commitFrees(clock);
      unconvertOnce(logical, blocks, clock);
    }
  }

  private void unconvertOnce(long from, long blocks, PhaseClock clock) throws IOException {
    long logical = from;
    while (logical < from + blocks) {
      try (Handle handle = startWithDataSem(ExtentTree::convertCredits, clock)) {
        try {
          logical += tree.unconvert(handle, logical, from + blocks - logical);
          changedIn(handle);
        } catch (CorruptImageException e) {
          throw halfChanged(e);
        } finally {
          dataSem.unlockExclusive();
        }
      }
    }
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

  /** Counts the extents and blocks. */
  ExtentSummary summary() throws IOException {
    ExtentSummary.Counter counter = new ExtentSummary.Counter();
    forEachExtent(counter);
    return counter.summary();
  }

  void forEachExtent(ExtentVisitor visitor) throws IOException {
    dataSem.lockShared();
    try {
      tree.forEach(visitor);
    } finally {
      dataSem.unlockShared();
    }
  }

  /**
   * Opens a handle with what {@code credits} asks of the tree, then takes i_data_sem exclusively,
   * which is the caller's to release. The tree may grow before the lock is held, so the credits are
   * looked at again under it.
   */
  private Handle startWithDataSem(ToIntFunction<ExtentTree> credits, PhaseClock clock)
      throws IOException {
    while (true) {
      Handle handle = volume.journal().start(credits.applyAsInt(tree));
      clock.lap(Phase.JOURNAL_WAIT);
      dataSem.lockExclusive();
      if (handle.creditsLeft() >= credits.applyAsInt(tree)) {
        return handle;
      }
      dataSem.unlockExclusive();
      handle.close();
    }
  }

  /**
   * Aborts the journal while the handle is still open, so that a tree of which only half was
   * changed before the damage was found is never committed.
   */
  private CorruptImageException halfChanged(CorruptImageException damage) {
    volume.journal().abort(damage);
    return damage;
  }

  private void changedIn(Handle handle) {
    syncTid = handle.tid();
  }
}
