package dev.diolab.strategies;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import dev.diolab.engine.locking.Mutex;
import dev.diolab.engine.locking.Rules;
import dev.diolab.engine.locking.RwSem;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code i-mutex}: DIO_LOCKING of Linux 2.6 (facts A1, quoted in seeds/003).
 *
 * <ul>
 *   <li>A write holds i_mutex from before its checks until everything is over, device time
 *       included.
 *   <li>A read holds i_mutex only while it maps and submits, but waits behind any writer for it.
 *   <li>Both hold i_alloc_sem shared until end_io is over; truncate takes it exclusively and so
 *       drains them.
 *   <li>fallocate and fsync hold i_mutex.
 * </ul>
 *
 * <p>Two writes never run together, whatever ranges they touch. A read may run into a write that
 * started after its submission, so overlapping reads and writes are not atomic.
 */
final class IMutexStrategy implements DioStrategy {

  @Override
  public String name() {
    return "i-mutex";
  }

  @Override
  public String origin() {
    return "Linux 2.6 DIO_LOCKING";
  }

  @Override
  public String summary() {
    return "one mutex over a whole write and over a read's submission; i_alloc_sem shared to completion";
  }

  @Override
  public Rules rules() {
    return Rules.plain().mappingAlone();
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

    /** Keeps two writers from allocating, extending or zeroing the same blocks at once. */
    private final Mutex iMutex = new Mutex();

    /** Keeps truncate from freeing blocks that a request in flight still transfers to or from. */
    private final RwSem iAllocSem = new RwSem();

    private final Grant read = new ReadGrant();
    private final Grant write = new WriteGrant();
    private final Grant asyncWrite = new ReadGrant();
    private final Grant truncate = new TruncateGrant();
    private final Grant mutexHeld = iMutex::unlock;

    Locking(InodeView inode) {
      this.inode = inode;
    }

    @Override
    public Grant directRead(DirectIo io) {
      iMutex.lock();
      iAllocSem.lockShared();
      return read;
    }

    @Override
    public Grant directWrite(DirectIo io) {
      iMutex.lock();
      if (io.isAligned(inode.blockSize())) {
        iAllocSem.lockShared();
      } else {
        iAllocSem.lockExclusive();
        iAllocSem.downgrade();
      }
      return io.isAsync() && !io.isExtending() ? asyncWrite : write;
    }

    @Override
    public Grant truncate(long newSize) {
      iMutex.lock();
      iAllocSem.lockExclusive();
      return truncate;
    }

    @Override
    public Grant fallocate(long offset, long bytes) {
      iMutex.lock();
      return mutexHeld;
    }

    @Override
    public Grant bufferedWrite(long offset, long bytes) {
      iMutex.lock();
      return mutexHeld;
    }

    @Override
    public Grant punch(long offset, long bytes) {
      return truncate(offset);
    }

    @Override
    public Grant fsync() {
      iMutex.lock();
      return mutexHeld;
    }

    private final class ReadGrant implements Grant {
      @Override
      public void submitted() {
        iMutex.unlock();
      }

      @Override
      public void close() {
        iAllocSem.unlockShared();
      }
    }

    private final class WriteGrant implements Grant {
      @Override
      public void close() {
        iAllocSem.unlockShared();
        iMutex.unlock();
      }
    }

    private final class TruncateGrant implements Grant {
      @Override
      public void close() {
        iAllocSem.unlockExclusive();
        iMutex.unlock();
      }
    }
  }
}
