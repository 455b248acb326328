package dev.diolab.strategies;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import dev.diolab.engine.locking.Mutex;
import dev.diolab.engine.locking.Rules;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code overwrite-nolock}: Zheng Liu's patches of 2012 with dioread_nolock (facts A3, seeds/004,
 * 4bd809dbbf17).
 *
 * <ul>
 *   <li>A write takes i_mutex. If it overwrites one written extent inside i_size and no page of the
 *       file is cached, it counts itself in i_dio_count, takes i_data_sem shared, drops i_mutex,
 *       does its I/O, and takes i_mutex once more at the end.
 *   <li>Any other write holds i_mutex to its end, conversion included.
 *   <li>An asynchronous write holds i_mutex, or i_data_sem, only until it is queued, and is counted
 *       to its end. One that needs conversion and is not of whole blocks, or extends, waits until
 *       nothing is in flight and holds i_mutex to its end (ext4_aio_mutex, e9e3bcecf44c).
 *   <li>So does a synchronous one that is not of whole blocks: it zeroes the rest of an unwritten
 *       block, and with it the data of an asynchronous write that is not converted yet.
 *   <li>A read only counts itself, unless somebody waits for the count to fall to zero: then it
 *       takes i_mutex for its submission, as under DIO_LOCKING (EXT4_STATE_DIOREAD_LOCK).
 *   <li>truncate moves i_size under i_mutex, waits until nothing is in flight, then frees
 *       (1f555cfa29e8, 1c9114f9c0f1). fallocate waits too, and punch also holds new reads back
 *       until its blocks are gone.
 *   <li>A NOWAIT write tries i_mutex, is refused unless it can run as such an overwrite, and takes
 *       no i_mutex at its end. A NOWAIT read is refused while somebody waits for the count. Both
 *       try i_data_sem, for which ext4 waits.
 * </ul>
 *
 * <p>A direct write that falls back waits until nothing is in flight, which ext4 never had to: it
 * had no fallback for unwritten blocks by then.
 *
 * <p>Buffered writers take i_mutex, which an overwrite lets go: a page that is cached and made
 * dirty while an overwrite of it is in flight can bring back bytes from before. ext4 had the same
 * window.
 *
 * <p>A user buffer that maps the file is pinned before the first lock: its faults look blocks up,
 * and i_data_sem is not recursive.
 *
 * <p>Whoever allocates needs i_data_sem exclusively and so waits for all overwrites in flight.
 */
final class OverwriteNolockStrategy implements DioStrategy {

  @Override
  public String name() {
    return "overwrite-nolock";
  }

  @Override
  public String origin() {
    return "Zheng Liu, 2012, ext4 dio overwrite nolock";
  }

  @Override
  public String summary() {
    return "overwrites drop i_mutex and hold i_data_sem shared; all else under i_mutex; reads only counted";
  }

  @Override
  public Rules rules() {
    return Rules.plain().knowingNowait().pinningFirst().mappingAlone();
  }

  @Override
  public Set<Guarantee> guarantees() {
    return EnumSet.of(
        Guarantee.G1, Guarantee.G2, Guarantee.G3, Guarantee.G4, Guarantee.G6, Guarantee.G8);
  }

  @Override
  public String defaultPolicy() {
    return "end-io";
  }

  @Override
  public InodeLocking attach(InodeView inode) {
    return new Locking(inode);
  }

  private static final class Locking implements InodeLocking {
    private final InodeView inode;

    /** Keeps two writers that allocate, extend or zero away from each other. */
    private final Mutex iMutex = new Mutex();

    /**
     * EXT4_STATE_DIOREAD_LOCK: sends reads to i_mutex while its holder drains, for a stream of
     * counted reads would keep him waiting for ever. [iMutex] for changes
     */
    private volatile boolean draining;

    private final Grant read = new ReadGrant();
    private final Grant readUnderMutex = new ReadUnderMutexGrant();
    private final Grant readNowait = new ReadNowaitGrant();
    private final Grant overwriteNowait = new OverwriteNowaitGrant();
    private final Grant mutexHeld = iMutex::unlock;
    private final Grant mutexHeldAndWaiting = new WaitingGrant();
    private final Grant mutexForSubmission = new ReadUnderMutexGrant();
    private final Grant truncate = new TruncateGrant();
    private final Grant punch = new PunchGrant();

    Locking(InodeView inode) {
      this.inode = inode;
    }

    @Override
    public Grant directRead(DirectIo io) {
      inode.dioCount().begin();
      if (!draining) {
        return io.isNowait() ? nowaitRead() : read;
      }
      inode.dioCount().end();
      if (io.isNowait()) {
        return Grant.WOULD_BLOCK;
      }
      iMutex.lock();
      inode.dioCount().begin();
      return readUnderMutex;
    }

    private Grant nowaitRead() {
      if (inode.dataSem().tryLockShared()) {
        return readNowait;
      }
      inode.dioCount().end();
      return Grant.WOULD_BLOCK;
    }

    @Override
    public Grant directWrite(DirectIo io) {
      if (io.isNowait()) {
        return nowaitWrite(io);
      }
      OverwriteGrant overwrite = grantOf(io);
      iMutex.lock();
      if (mayGoWithoutMutex(io)) {
        overwrite.async = io.isAsync();
        return overwrite;
      }
      boolean aligned = io.isAligned(inode.blockSize());
      if (!aligned) {
        drain();
      }
      return io.isAsync() ? asyncWrite(io, aligned) : mutexHeld;
    }

    private Grant asyncWrite(DirectIo io, boolean aligned) {
      if (!aligned) {
        return mutexHeldAndWaiting;
      }
      if (io.isExtending()) {
        drain();
        return mutexHeldAndWaiting;
      }
      inode.dioCount().begin();
      return mutexForSubmission;
    }

    private OverwriteGrant grantOf(DirectIo io) {
      if (io.kept() instanceof OverwriteGrant kept && kept.isOf(this)) {
        return kept;
      }
      OverwriteGrant grant = new OverwriteGrant();
      io.keep(grant);
      return grant;
    }

    private boolean mayGoWithoutMutex(DirectIo io) {
      return !io.isExtending() && !inode.pages().hasPages() && io.isOverwrite();
    }

    private Grant nowaitWrite(DirectIo io) {
      if (!iMutex.tryLock()) {
        return Grant.WOULD_BLOCK;
      }
      boolean granted = mayGoWithoutMutex(io) && inode.dataSem().tryLockShared();
      if (granted) {
        inode.dioCount().begin();
      }
      iMutex.unlock();
      return granted ? overwriteNowait : Grant.WOULD_BLOCK;
    }

    @Override
    public Grant truncate(long newSize) {
      iMutex.lock();
      return truncate;
    }

    @Override
    public Grant fallocate(long offset, long bytes) {
      iMutex.lock();
      drain();
      return mutexHeld;
    }

    @Override
    public Grant bufferedWrite(long offset, long bytes) {
      iMutex.lock();
      return mutexHeld;
    }

    @Override
    public Grant fallback(long offset, long bytes) {
      iMutex.lock();
      drain();
      return mutexHeld;
    }

    @Override
    public Grant punch(long offset, long bytes) {
      iMutex.lock();
      draining = true;
      inode.dioCount().drain();
      return punch;
    }

    @Override
    public Grant fsync() {
      return Grant.NOTHING_HELD;
    }

    private void drain() {
      draining = true;
      inode.dioCount().drain();
      draining = false;
    }

    private final class ReadGrant implements Grant {
      @Override
      public void close() {
        inode.dioCount().end();
      }
    }

    private final class ReadUnderMutexGrant implements Grant {
      @Override
      public void submitted() {
        iMutex.unlock();
      }

      @Override
      public void close() {
        inode.dioCount().end();
      }
    }

    private final class ReadNowaitGrant implements Grant {
      @Override
      public boolean holdsDataSem() {
        return true;
      }

      @Override
      public void submitted() {
        inode.dataSem().unlockShared();
      }

      @Override
      public void close() {
        inode.dioCount().end();
      }
    }

    /**
     * Holds i_mutex but for the time from the first look-up until the device is done; then it holds
     * i_data_sem. So cached pages are written out before, and dropped after, under i_mutex: both
     * would wait for i_data_sem.
     */
    private final class OverwriteGrant implements Grant {
      private boolean inFlight;
      private boolean async;

      boolean isOf(Locking locking) {
        return Locking.this == locking;
      }

      @Override
      public long beforeMap(long offset, long rest) {
        if (!inFlight) {
          inode.dioCount().begin();
          inode.dataSem().lockShared();
          iMutex.unlock();
          inFlight = true;
        }
        return rest;
      }

      @Override
      public boolean holdsDataSem() {
        return inFlight;
      }

      /**
       * An asynchronous overwrite is only counted from now on. It does not take i_mutex again, as
       * ext4 did after the transfers were queued: they are not queued yet, and whoever holds
       * i_mutex may wait for the count.
       */
      @Override
      public void submitted() {
        if (inFlight && async) {
          inode.dataSem().unlockShared();
        }
      }

      @Override
      public void ioDone() {
        if (inFlight && !async) {
          inode.dioCount().end();
          inode.dataSem().unlockShared();
          iMutex.lock();
          inFlight = false;
        }
      }

      @Override
      public void close() {
        if (inFlight) {
          inFlight = false;
          inode.dioCount().end();
        } else {
          iMutex.unlock();
        }
      }
    }

    private final class WaitingGrant implements Grant {
      @Override
      public boolean mustWait() {
        return true;
      }

      @Override
      public void close() {
        iMutex.unlock();
      }
    }

    private final class OverwriteNowaitGrant implements Grant {
      @Override
      public boolean holdsDataSem() {
        return true;
      }

      @Override
      public void ioDone() {
        inode.dioCount().end();
        inode.dataSem().unlockShared();
      }

      @Override
      public void close() {}
    }

    private final class TruncateGrant implements Grant {
      @Override
      public long beforeMap(long offset, long rest) {
        drain();
        return rest;
      }

      @Override
      public void close() {
        iMutex.unlock();
      }
    }

    private final class PunchGrant implements Grant {
      @Override
      public void close() {
        draining = false;
        iMutex.unlock();
      }
    }
  }
}
