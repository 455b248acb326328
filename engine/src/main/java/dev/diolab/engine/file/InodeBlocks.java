package dev.diolab.engine.file;

import dev.diolab.engine.extent.ExtentState;
import dev.diolab.engine.extent.ExtentTree;
import dev.diolab.engine.extent.ExtentVisitor;
import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.extent.NoSpaceException;
import dev.diolab.engine.extent.RootView;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.format.InodeRecord;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.locking.RwSem;
import java.io.IOException;
import java.util.function.ToIntFunction;

/**
 * The blocks of an inode: its extent tree under i_data_sem. Each change is one or more transactions
 * of its own, which an fsync of the inode waits for.
 *
 * <p>Thread safety: every method takes the i_data_sem it needs, except where it says otherwise.
 */
final class InodeBlocks {
  /** Most credits that a conversion of many ranges asks for at a time. */
  private static final int MOST_BATCH_CREDITS = 128;

  private final Inode inode;
  private final Volume volume;
  private final RwSem dataSem;

  /** [i_data_sem] */
  private final ExtentTree tree;

  private final InPlaceConversion inPlace;

  InodeBlocks(Inode inode) throws CorruptImageException {
    this.inode = inode;
    this.volume = inode.volume();
    this.dataSem = inode.dataSem();
    this.tree =
        new ExtentTree(
            volume.cache(),
            volume.allocator(),
            new RootView(inode.table(), inode.recordAt() + InodeRecord.ROOT_AT),
            volume.allocator().goalOf(inode.number()));
    this.inPlace = new InPlaceConversion(inode, tree);
  }

  /** Conversions past the journal. */
  InPlaceConversion inPlace() {
    return inPlace;
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
        inode.changedIn(handle);
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
   * @param coverTo how far i_disksize may move: 0 for a write that extends, whose inode is on the
   *     orphan list and which moves both sizes itself
   * @return the last transaction that holds a part of it
   */
  long convert(long offset, long end, long coverTo, PhaseClock clock) throws IOException {
    return convert(offset, end, coverTo, false, clock);
  }

  /**
   * The same for a write inside i_size, and asks the commit to take the inode's block out of the
   * journal, so that later conversions may be in place; not when extents stand in other blocks.
   */
  long convertAndBringHome(long offset, long end, PhaseClock clock) throws IOException {
    return convert(offset, end, end, true, clock);
  }

  private long convert(long offset, long end, long coverTo, boolean bringsHome, PhaseClock clock)
      throws IOException {
    try {
      return convertOnce(offset, end, coverTo, bringsHome, clock);
    } catch (NoSpaceException full) {
      commitFrees(clock);
      return convertOnce(offset, end, coverTo, bringsHome, clock);
    }
  }

  /**
   * The same for several ranges, with as many of them in one transaction as fit into one handle.
   */
  long convert(ByteRanges ranges, PhaseClock clock) throws IOException {
    try {
      return convertOnce(ranges, clock);
    } catch (NoSpaceException full) {
      commitFrees(clock);
      return convertOnce(ranges, clock);
    }
  }

  private long convertOnce(ByteRanges ranges, PhaseClock clock) throws IOException {
    long tid = 0;
    int range = 0;
    long position = 0;
    while (range < ranges.count()) {
      int rest = ranges.count() - range;
      try (Handle handle = startWithDataSem(tree -> batchCredits(tree, rest), clock)) {
        try {
          while (range < ranges.count() && handle.creditsLeft() >= tree.convertCredits()) {
            position =
                convertFirst(handle, Math.max(position, ranges.start(range)), ranges.end(range));
            if (position >= ranges.end(range)) {
              range++;
              position = 0;
            }
          }
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

  /** Credits for {@code conversions}, or for fewer: a handle must not fill a transaction. */
  private int batchCredits(ExtentTree tree, int conversions) {
    int one = tree.convertCredits();
    int most = Math.max(one, Math.min(MOST_BATCH_CREDITS, volume.journal().maxCredits() / 4));
    return (int) Math.min(most, (long) one * conversions);
  }

  /** Converts what one extent has of the range; where that ends. [i_data_sem exclusive] */
  private long convertFirst(Handle handle, long offset, long end) throws IOException {
    long logical = offset / inode.blockSize();
    inode.changedIn(handle);
    logical += tree.convert(handle, logical, inode.blocksUpTo(end) - logical);
    long done = Math.min(end, logical * inode.blockSize());
    inode.coverOnDisk(handle, done);
    return done;
  }

  private long convertOnce(
      long offset, long end, long coverTo, boolean bringsHome, PhaseClock clock)
      throws IOException {
    long logical = offset / inode.blockSize();
    long last = inode.blocksUpTo(end);
    long tid = 0;
    while (logical < last) {
      try (Handle handle = startWithDataSem(ExtentTree::convertCredits, clock)) {
        try {
          logical += tree.convert(handle, logical, last - logical);
          inode.changedIn(handle);
          inode.coverOnDisk(handle, Math.min(coverTo, logical * inode.blockSize()));
          if (bringsHome && tree.depth() == 0) {
            handle.bringHome(inode.table());
          }
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
          inode.changedIn(handle);
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
          inode.changedIn(handle); // also when the call fails half-way
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
          inode.changedIn(handle);
        } catch (CorruptImageException e) {
          throw halfChanged(e);
        } finally {
          dataSem.unlockExclusive();
        }
      }
    }
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
}
