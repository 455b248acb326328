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
 *   <li>A write takes i_mutex. If it overwrites one written extent inside i_size, it counts itself
 *       in i_dio_count, takes i_data_sem shared, drops i_mutex, does its I/O, and takes i_mutex
 *       once more at the end.
 *   <li>Any other write holds i_mutex to its end, conversion included.
 *   <li>A read only counts itself, unless somebody waits for the count to fall to zero: then it
 *       takes i_mutex for its submission, as under DIO_LOCKING (EXT4_STATE_DIOREAD_LOCK).
 *   <li>truncate moves i_size under i_mutex, waits until nothing is in flight, then frees
 *       (1f555cfa29e8, 1c9114f9c0f1). fallocate waits too.
 * </ul>
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
    return Rules.plain().knowingNowait();
  }

  @Override
  public Set<Guarantee> guarantees() {
    return EnumSet.of(Guarantee.G1, Guarantee.G2, Guarantee.G3, Guarantee.G6, Guarantee.G8);
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
    private final Grant overwrite = new OverwriteGrant();
    private final Grant mutexHeld = iMutex::unlock;
    private final Grant truncate = new TruncateGrant();

    Locking(InodeView inode) {
      this.inode = inode;
    }

    @Override
    public Grant directRead(DirectIo io) {
      inode.dioCount().begin();
      if (!draining) {
        return read;
      }
      inode.dioCount().end();
      iMutex.lock();
      inode.dioCount().begin();
      return readUnderMutex;
    }

    @Override
    public Grant directWrite(DirectIo io) {
      iMutex.lock();
      if (io.isExtending() || !io.isOverwrite()) {
        return mutexHeld;
      }
      inode.dioCount().begin();
      inode.dataSem().lockShared();
      iMutex.unlock();
      return overwrite;
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
    public Grant punch(long offset, long bytes) {
      return fallocate(offset, bytes);
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

    private final class OverwriteGrant implements Grant {
      @Override
      public boolean holdsDataSem() {
        return true;
      }

      @Override
      public void close() {
        inode.dioCount().end();
        inode.dataSem().unlockShared();
        iMutex.lock();
        iMutex.unlock();
      }
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
  }
}
