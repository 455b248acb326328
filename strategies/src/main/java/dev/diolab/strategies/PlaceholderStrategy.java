package dev.diolab.strategies;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import dev.diolab.engine.locking.Mutex;
import dev.diolab.engine.locking.Placeholders;
import dev.diolab.engine.locking.Rules;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code placeholder}: Chris Mason's placeholder pages of 2007 (facts A2, seeds/003).
 *
 * <ul>
 *   <li>Every direct read and write holds exclusive placeholders over its pages until end_io is
 *       over.
 *   <li>A read takes no i_mutex.
 *   <li>A write inside i_size takes i_mutex for its checks, lets go of it for the I/O, and takes it
 *       once more at the end.
 *   <li>An extending write holds i_mutex throughout.
 *   <li>truncate moves i_size under i_mutex and then waits for the placeholders of the range that
 *       goes away.
 * </ul>
 *
 * <p>In the patches a write lets go of i_mutex before its placeholders stand, so a truncate may run
 * in between and the write allocates behind i_size. Here the placeholders are taken while i_mutex
 * is still held; nobody who holds placeholders waits for the mutex, so this adds no deadlock.
 */
final class PlaceholderStrategy implements DioStrategy {

  @Override
  public String name() {
    return "placeholder";
  }

  @Override
  public String origin() {
    return "Chris Mason, 2007, placeholder pages for direct I/O";
  }

  @Override
  public String summary() {
    return "exclusive placeholders over the pages of each request; i_mutex dropped inside i_size";
  }

  @Override
  public Rules rules() {
    return Rules.plain();
  }

  @Override
  public Set<Guarantee> guarantees() {
    return EnumSet.of(
        Guarantee.G1, Guarantee.G2, Guarantee.G3, Guarantee.G6, Guarantee.G7, Guarantee.G8);
  }

  @Override
  public String defaultPolicy() {
    return "end-io";
  }

  @Override
  public InodeLocking attach(InodeView inode) {
    return new Locking();
  }

  private static final class Locking implements InodeLocking {
    /**
     * Keeps two writers from moving i_size at once, and i_size still while a write decides whether
     * it extends.
     */
    private final Mutex iMutex = new Mutex();

    /** Keep everybody else away from the pages of a request in flight, truncate included. */
    private final Placeholders placeholders = new Placeholders();

    private final Grant mutexHeld = iMutex::unlock;

    @Override
    public Grant directRead(DirectIo io) {
      PageGrant grant = grantOf(io);
      grant.acquire(io);
      grant.ending = Ending.NO_MUTEX;
      return grant;
    }

    @Override
    public Grant directWrite(DirectIo io) {
      PageGrant grant = grantOf(io);
      iMutex.lock();
      grant.acquire(io);
      if (io.isExtending()) {
        grant.ending = Ending.DROP_MUTEX;
      } else {
        iMutex.unlock();
        grant.ending = Ending.TAKE_MUTEX_AGAIN;
      }
      return grant;
    }

    @Override
    public Grant truncate(long newSize) {
      iMutex.lock();
      return new TruncateGrant();
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
      iMutex.lock();
      return mutexHeld;
    }

    @Override
    public Grant fsync() {
      iMutex.lock();
      return mutexHeld;
    }

    private PageGrant grantOf(DirectIo io) {
      if (io.kept() instanceof PageGrant kept && kept.isOf(this)) {
        return kept;
      }
      PageGrant grant = new PageGrant();
      io.keep(grant);
      return grant;
    }

    /** What a request does with i_mutex when it ends. */
    private enum Ending {
      NO_MUTEX,
      TAKE_MUTEX_AGAIN,
      DROP_MUTEX
    }

    private final class PageGrant implements Grant {
      private final Placeholders.Claim claim = new Placeholders.Claim();
      private Ending ending = Ending.NO_MUTEX;

      boolean isOf(Locking locking) {
        return Locking.this == locking;
      }

      void acquire(DirectIo io) {
        placeholders.acquire(claim, io.offset(), io.bytes());
      }

      @Override
      public void close() {
        placeholders.release(claim);
        if (ending == Ending.TAKE_MUTEX_AGAIN) {
          iMutex.lock();
          iMutex.unlock();
        } else if (ending == Ending.DROP_MUTEX) {
          iMutex.unlock();
        }
      }
    }

    private final class TruncateGrant implements Grant {
      @Override
      public long beforeMap(long offset, long rest) {
        placeholders.drainFrom(offset);
        return rest;
      }

      @Override
      public void close() {
        iMutex.unlock();
      }
    }
  }
}
