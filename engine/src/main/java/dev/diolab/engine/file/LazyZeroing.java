package dev.diolab.engine.file;

import dev.diolab.engine.extent.Mapping;
import dev.diolab.engine.locking.Placeholders;
import dev.diolab.engine.locking.Sleeping;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The ranges of an inode that fallocate has filled with unwritten blocks and that a completion
 * worker zeroes and converts, window after window, while direct writes go on. Empty unless the
 * policy {@link dev.diolab.engine.locking.ConversionPolicy#lazyZeroBlocks zeroes lazily}.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>Every direct request, page fault, buffered write, write-out, punch and truncate holds, or
 *       waits for, the page locks of what it maps, changes or frees, as {@link
 *       dev.diolab.engine.locking.Rules#claimsPages} says of the strategy.
 *   <li>i_size and i_disksize move back before a truncate waits for page locks.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>Zeros take the place of no data: under the locks of a window a block that is still
 *       unwritten has none, neither on the device nor in a page, and is not being written.
 *   <li>Blocks behind i_disksize stay unwritten, so that no crash leaves zeros behind the size.
 *   <li>A window that cannot be zeroed stays unwritten, for the writes to convert.
 *   <li>{@link #add} waits for nothing; after {@link #stop} nothing is zeroed.
 * </ol>
 */
final class LazyZeroing extends Completion {
  /** Most bytes of one transfer: longer ones hold up the writes beside them. */
  static final int MOST_BYTES = 1 << 20;

  private final Inode inode;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  /** What nobody has begun to zero. [lock] */
  private final ByteRanges waiting = new ByteRanges();

  /** The range that is being zeroed, from the next window on. [the worker] */
  private long position;

  private long end;

  /** Whether a worker is at work, or will be. [lock] */
  private boolean running;

  /** [lock] */
  private boolean stopped;

  LazyZeroing(Inode inode) {
    this.inode = inode;
  }

  /** Has a worker zero what fallocate gave of a range; nothing under other policies. */
  void add(long from, long to) {
    if (inode.volume().policy().lazyZeroBlocks() == 0) {
      return;
    }
    lock.lock();
    try {
      if (stopped) {
        return;
      }
      waiting.add(from, to);
      if (!running) {
        running = true;
        inode.volume().completions().add(this);
      }
    } finally {
      lock.unlock();
    }
  }

  /** Ends after the window under way, and forgets the others. */
  void stop() {
    lock.lock();
    try {
      stopped = true;
      Sleeping.begin();
      while (running) {
        ended.awaitUninterruptibly();
      }
      Sleeping.end();
    } finally {
      lock.unlock();
    }
  }

  @Override
  void run() {
    Mapping mapping = new Mapping();
    PhaseClock clock = new PhaseClock();
    Placeholders.Claim claim = new Placeholders.Claim();
    long windowBytes = (long) inode.volume().policy().lazyZeroBlocks() * inode.blockSize();
    for (long from = next(windowBytes); from >= 0; from = next(windowBytes)) {
      long to = (from / windowBytes + 1) * windowBytes;
      zero(mapping, clock, claim, from, Math.min(to, end));
    }
  }

  /** Where the next window begins; -1 when there is none, and this run has ended. */
  private long next(long windowBytes) {
    lock.lock();
    try {
      long from = position;
      if (from >= end && !waiting.isEmpty()) {
        from = waiting.start(0);
        end = waiting.end(0);
        waiting.removeFirst();
      }
      if (stopped || from >= end) {
        running = false;
        ended.signalAll();
        return -1;
      }
      position = (from / windowBytes + 1) * windowBytes;
      return from;
    } finally {
      lock.unlock();
    }
  }

  /** What cannot be zeroed is left to a write that needs it, which converts it or reports. */
  private void zero(
      Mapping mapping, PhaseClock clock, Placeholders.Claim claim, long from, long to) {
    Placeholders locks = inode.pages().placeholders();
    locks.acquire(claim, from, to - from);
    try {
      long covered = Math.min(to, Math.min(inode.size(), inode.diskSize()));
      long first = from / inode.blockSize();
      long behind = Math.max(first, inode.blocksUpTo(covered));
      ZeroAhead.zeroUnwritten(inode, mapping, clock, first, behind);
    } catch (IOException e) {
      return;
    } finally {
      locks.release(claim);
    }
  }
}
