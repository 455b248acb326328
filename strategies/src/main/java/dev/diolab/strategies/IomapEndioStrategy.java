package dev.diolab.strategies;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import dev.diolab.engine.locking.Rules;
import dev.diolab.engine.locking.RwSem;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code iomap-endio}: Matthew Bobrowski's port of ext4 direct I/O to iomap, 2019 (facts A4,
 * seeds/002).
 *
 * <ul>
 *   <li>A read holds i_rwsem shared to its end.
 *   <li>A write takes i_rwsem exclusively; if it overwrites one written extent inside i_size, it
 *       downgrades to shared before the I/O, otherwise it stays exclusive through I/O, conversion
 *       in end_io, and the move of i_size.
 *   <li>truncate and fallocate hold i_rwsem exclusively and wait until nothing is in flight.
 *   <li>truncate and punch then take i_mmap_sem exclusively, which a page fault holds shared; it
 *       ranks behind i_rwsem, so a request whose user buffer faults takes both in this order.
 *   <li>A NOWAIT request tries i_rwsem, is refused unless it reads or overwrites, and holds
 *       i_data_sem, which it tried too, for its look-ups. ext4 waits for i_data_sem there.
 *   <li>An asynchronous request holds i_rwsem only for its submission, and is counted to its end.
 *       One that is not of whole blocks holds i_rwsem to its end and is waited for; so is one that
 *       extends.
 *   <li>A write that is not of whole blocks waits until nothing is in flight: it zeroes the rest of
 *       a block that is unwritten, and with it the data of an asynchronous write that is not
 *       converted yet. The port let only asynchronous ones wait (372a03e01853), so that a
 *       synchronous one lost such data.
 *   <li>DSYNC is part of the completion, under the lock; a DSYNC overwrite is one FUA write.
 * </ul>
 *
 * <p>The exclusive acquisition before every downgrade waits for all readers and overwrites in
 * flight; that is the regression of facts B1, mended in 5.6 by taking the lock shared first.
 */
final class IomapEndioStrategy implements DioStrategy {

  @Override
  public String name() {
    return "iomap-endio";
  }

  @Override
  public String origin() {
    return "Matthew Bobrowski, 2019, ext4 direct I/O on iomap";
  }

  @Override
  public String summary() {
    return "i_rwsem exclusive, downgraded for overwrites; unwritten extents converted in end_io under it";
  }

  @Override
  public Rules rules() {
    return Rules.plain().syncingUnderLock().overwritingWithFua().knowingNowait().mappingAlone();
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

    /**
     * i_rwsem: keeps writers that allocate, extend or zero from each other, and from readers of
     * half-made blocks.
     */
    private final RwSem iRwsem = new RwSem();

    /**
     * i_mmap_sem: keeps a fault from filling a page, or giving it blocks, while a truncate or punch
     * takes blocks of that range away.
     */
    private final RwSem iMmapSem = new RwSem();

    private final Grant shared = new SharedGrant();
    private final Grant sharedNowait = new SharedNowaitGrant();
    private final Grant asyncSharedNowait = new AsyncSharedNowaitGrant();
    private final Grant exclusive = new ExclusiveGrant();
    private final Grant exclusiveAndWaiting = new WaitingGrant();
    private final Grant asyncShared = new AsyncSharedGrant();
    private final Grant asyncExclusive = new AsyncExclusiveGrant();
    private final Grant exclusiveHeld = iRwsem::unlockExclusive;
    private final Grant bothHeld = new BothGrant();
    private final Grant fault = iMmapSem::unlockShared;

    Locking(InodeView inode) {
      this.inode = inode;
    }

    @Override
    public Grant directRead(DirectIo io) {
      if (io.isNowait()) {
        return nowaitRead(io);
      }
      iRwsem.lockShared();
      inode.dioCount().begin();
      return io.isAsync() ? asyncShared : shared;
    }

    @Override
    public Grant directWrite(DirectIo io) {
      if (io.isNowait()) {
        return nowaitWrite(io);
      }
      iRwsem.lockExclusive();
      boolean aligned = io.isAligned(inode.blockSize());
      if (!aligned) {
        inode.dioCount().drain();
      }
      if (io.isAsync()) {
        return asyncWrite(io, aligned);
      }
      boolean overwrite = !io.isExtending() && io.isOverwrite();
      if (overwrite) {
        iRwsem.downgrade();
      }
      inode.dioCount().begin();
      return overwrite ? shared : exclusive;
    }

    private Grant asyncWrite(DirectIo io, boolean aligned) {
      inode.dioCount().begin();
      if (!aligned || io.isExtending()) {
        return exclusiveAndWaiting;
      }
      if (!io.isOverwrite()) {
        return asyncExclusive;
      }
      iRwsem.downgrade();
      return asyncShared;
    }

    private Grant nowaitRead(DirectIo io) {
      if (!iRwsem.tryLockShared()) {
        return Grant.WOULD_BLOCK;
      }
      if (!inode.dataSem().tryLockShared()) {
        iRwsem.unlockShared();
        return Grant.WOULD_BLOCK;
      }
      inode.dioCount().begin();
      return io.isAsync() ? asyncSharedNowait : sharedNowait;
    }

    private Grant nowaitWrite(DirectIo io) {
      if (!iRwsem.tryLockExclusive()) {
        return Grant.WOULD_BLOCK;
      }
      if (io.isExtending() || !io.isOverwrite() || !inode.dataSem().tryLockShared()) {
        iRwsem.unlockExclusive();
        return Grant.WOULD_BLOCK;
      }
      iRwsem.downgrade();
      inode.dioCount().begin();
      return io.isAsync() ? asyncSharedNowait : sharedNowait;
    }

    @Override
    public Grant truncate(long newSize) {
      return allHeldAndDrained();
    }

    @Override
    public Grant fallocate(long offset, long bytes) {
      return exclusiveAndDrained();
    }

    @Override
    public Grant bufferedWrite(long offset, long bytes) {
      iRwsem.lockExclusive();
      return exclusiveHeld;
    }

    @Override
    public Grant punch(long offset, long bytes) {
      return allHeldAndDrained();
    }

    @Override
    public Grant pageFault(long offset) {
      iMmapSem.lockShared();
      return fault;
    }

    @Override
    public Grant fsync() {
      return Grant.NOTHING_HELD;
    }

    private Grant exclusiveAndDrained() {
      iRwsem.lockExclusive();
      inode.dioCount().drain();
      return exclusiveHeld;
    }

    private Grant allHeldAndDrained() {
      exclusiveAndDrained();
      iMmapSem.lockExclusive();
      return bothHeld;
    }

    private class SharedGrant implements Grant {
      @Override
      public final void close() {
        inode.dioCount().end();
        iRwsem.unlockShared();
      }
    }

    private final class SharedNowaitGrant extends SharedGrant {
      @Override
      public boolean holdsDataSem() {
        return true;
      }

      @Override
      public void submitted() {
        inode.dataSem().unlockShared();
      }
    }

    private final class BothGrant implements Grant {
      @Override
      public void close() {
        iMmapSem.unlockExclusive();
        iRwsem.unlockExclusive();
      }
    }

    private class ExclusiveGrant implements Grant {
      @Override
      public final void close() {
        inode.dioCount().end();
        iRwsem.unlockExclusive();
      }
    }

    private final class WaitingGrant extends ExclusiveGrant {
      @Override
      public boolean mustWait() {
        return true;
      }
    }

    /** Of an asynchronous request: i_rwsem covers its submission, i_dio_count all of it. */
    private class AsyncSharedGrant implements Grant {
      @Override
      public void submitted() {
        iRwsem.unlockShared();
      }

      @Override
      public final void close() {
        inode.dioCount().end();
      }
    }

    private final class AsyncSharedNowaitGrant extends AsyncSharedGrant {
      @Override
      public boolean holdsDataSem() {
        return true;
      }

      @Override
      public void submitted() {
        inode.dataSem().unlockShared();
        iRwsem.unlockShared();
      }
    }

    private final class AsyncExclusiveGrant implements Grant {
      @Override
      public void submitted() {
        iRwsem.unlockExclusive();
      }

      @Override
      public void close() {
        inode.dioCount().end();
      }
    }
  }
}
