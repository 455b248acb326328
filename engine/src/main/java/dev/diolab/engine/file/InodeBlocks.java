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
  private final Inode inode;
  private final Volume volume;
  private final RwSem dataSem;

  /** [i_data_sem] */
  private final ExtentTree tree;

  private final Conversion conversion;

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
    this.conversion = new Conversion(inode, this, tree);
  }

  /** What makes unwritten blocks written. */
  Conversion conversion() {
    return conversion;
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
  void commitFrees(PhaseClock clock) throws IOException {
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
  Handle startWithDataSem(ToIntFunction<ExtentTree> credits, PhaseClock clock) throws IOException {
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
  CorruptImageException halfChanged(CorruptImageException damage) {
    volume.journal().abort(damage);
    return damage;
  }
}
