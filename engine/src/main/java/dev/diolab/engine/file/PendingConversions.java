package dev.diolab.engine.file;

import dev.diolab.engine.locking.Sleeping;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The ranges of an inode that asynchronous writes have filled and that are still unwritten: the
 * list of completed I/O of Mingming Cao, September 2009 (seeds/001), so that an fsync does not
 * overtake the work queue. Empty unless the policy {@link
 * dev.diolab.engine.locking.ConversionPolicy#completesFirst completes first}.
 *
 * <p>Assumptions:
 *
 * <ol>
 *   <li>A range is added before the grant of its write is closed. So whoever waited for the writes
 *       in flight, and keeps new ones out, finds all ranges here.
 *   <li>Whoever is about to free blocks, make them unwritten, read them into a page, write a part
 *       of one, or zero what lies behind i_size in one, calls {@link #drain} or {@link
 *       #discardFrom} first, under a lock that keeps writes of that range out.
 *   <li>No caller holds i_data_sem or a journal handle.
 * </ol>
 *
 * <p>Guarantees:
 *
 * <ol>
 *   <li>When {@link #drain} returns, all ranges added before the call are converted; also those
 *       that another thread was converting.
 *   <li>A conversion that fails loses nothing: its ranges stay here, and the next drain, at the
 *       latest that of the next fsync, tries again and reports.
 *   <li>A conversion that breaks, because a strategy let somebody free the blocks of a write in
 *       flight, loses its own blocks only, and the next fsync or the unmount is told.
 *   <li>{@link #add} does not wait for a conversion.
 * </ol>
 *
 * <p>A range that is added while the same one is being converted is converted twice, which is
 * harmless: a written block stays as it is.
 */
final class PendingConversions extends Completion implements UnwrittenWrite {
  /** From so many ranges on, a write is converted before it completes. */
  static final int MOST = 4096;

  private final Inode inode;
  private final PhaseClock clock = new PhaseClock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition converted = lock.newCondition();

  /** What nobody converts yet. [lock] */
  private ByteRanges waiting = new ByteRanges();

  /** What {@link #converting} says somebody converts. [the converting thread] */
  private ByteRanges taken = new ByteRanges();

  /** Whether a thread converts {@link #taken}. [lock] */
  private boolean converting;

  /** Whether a worker has yet to look at {@link #waiting}. [lock] */
  private boolean queued;

  /** Whether there is anything waiting or being converted; set under [lock], read without. */
  private volatile boolean pending;

  /** Whether there are {@link #MOST} ranges; set under [lock], read without. */
  private volatile boolean full;

  /** The first conversion that broke since somebody was told. [lock] */
  private @Nullable BrokenException broken;

  /** What broke while {@link #taken} is converted. [the converting thread] */
  private @Nullable BrokenException met;

  private long convertedIn;

  PendingConversions(Inode inode) {
    this.inode = inode;
  }

  boolean isFull() {
    return full;
  }

  /** Notes a range of a write that is about to complete, and has a worker convert it. */
  void add(long offset, long end) {
    boolean isNew;
    lock.lock();
    try {
      waiting.add(offset, end);
      isNew = !queued;
      queued = true;
      update();
    } finally {
      lock.unlock();
    }
    if (isNew) {
      inode.volume().completions().add(this);
    }
  }

  @Override
  void run() {
    lock.lock();
    try {
      queued = false;
    } finally {
      lock.unlock();
    }
    drainLeavingFailures();
  }

  /** Lets a worker convert what waits before it adds more to a full list. */
  void catchUp() {
    if (full) {
      drainLeavingFailures();
    }
  }

  private void drainLeavingFailures() {
    try {
      drain();
    } catch (IOException e) {
      return; // the ranges are still here: the next drain reports it to somebody who asked
    }
  }

  /**
   * Converts all ranges that were added so far, and waits for those that another thread converts.
   *
   * @throws IOException when the journal failed, a node cannot be read, or the volume is full
   */
  void drain() throws IOException {
    if (!pending) {
      return;
    }
    lock.lock();
    try {
      awaitConverting();
      if (!waiting.isEmpty()) {
        convertWaiting();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Forgets the bytes from {@code offset} on, whose blocks are about to be freed, and waits until
   * nobody converts them.
   */
  void discardFrom(long offset) {
    if (!pending) {
      return;
    }
    lock.lock();
    try {
      awaitConverting();
      waiting.cutAt(offset);
      update();
    } finally {
      lock.unlock();
    }
  }

  private void awaitConverting() {
    if (!converting) {
      return;
    }
    Sleeping.begin();
    while (converting) {
      converted.awaitUninterruptibly();
    }
    Sleeping.end();
  }

  /**
   * Throws what broke since the last call: blocks of a write that was complete could not be
   * converted, and were forgotten.
   */
  void tellBroken() throws BrokenException {
    lock.lock();
    try {
      BrokenException told = broken;
      broken = null;
      if (told != null) {
        throw told;
      }
    } finally {
      lock.unlock();
    }
  }

  /** [lock], released meanwhile. */
  private void convertWaiting() throws IOException {
    ByteRanges mine = waiting;
    waiting = taken;
    taken = mine;
    converting = true;
    lock.unlock();
    try {
      mine.coalesce();
      convertTaken();
    } finally {
      lock.lock();
      broken = broken == null ? met : broken;
      met = null;
      waiting.addAll(taken);
      taken.clear();
      converting = false;
      update();
      converted.signalAll();
    }
  }

  /**
   * Converts {@link #taken} and empties it, or throws and leaves there what was not converted. [the
   * converting thread]
   */
  private void convertTaken() throws IOException {
    try {
      inode.volume().policy().endIo(this);
      taken.clear();
    } catch (RuntimeException | Error e) {
      convertBlockByBlock();
    }
  }

  /** As {@link #convertTaken}, so that a block that breaks takes no other one with it. */
  private void convertBlockByBlock() throws IOException {
    ByteRanges all = taken;
    ByteRanges block = new ByteRanges();
    int range = 0;
    long position = all.start(0);
    taken = block;
    try {
      while (range < all.count()) {
        long end = Math.min(all.end(range), inode.endOfBlock(position));
        block.clear();
        block.add(position, end);
        try {
          inode.volume().policy().endIo(this);
        } catch (RuntimeException | Error e) {
          met = met == null ? broke(position, e) : met;
        }
        position = end;
        if (position == all.end(range)) {
          range++;
          position = range < all.count() ? all.start(range) : position;
        }
      }
    } finally {
      block.clear();
      for (; range < all.count(); range++) {
        block.add(Math.max(position, all.start(range)), all.end(range));
      }
    }
  }

  private BrokenException broke(long position, Throwable cause) {
    return BrokenException.of(
        "the conversion of inode "
            + inode.number()
            + " at byte "
            + position
            + ", after its write was complete,",
        cause);
  }

  private void update() {
    pending = converting || !waiting.isEmpty();
    full = waiting.count() >= MOST;
  }

  @Override
  public void convert() throws IOException {
    convertedIn = inode.blocks().conversion().convert(taken, clock);
  }

  /** As {@link #convert}: these are several writes already. */
  @Override
  public void convertTogether() throws IOException {
    convert();
  }

  /** These completed without being durable. */
  @Override
  public boolean isDsync() {
    return false;
  }

  /** As {@link #convert}: nobody waits for these to be durable. */
  @Override
  public void convertInPlace() throws IOException {
    convert();
  }

  @Override
  public void awaitCommit() throws IOException {
    inode.volume().journal().commit(convertedIn);
  }
}
