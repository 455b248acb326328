package dev.diolab.strategies;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import dev.diolab.engine.locking.Rules;
import java.util.EnumSet;
import java.util.Set;

/**
 * {@code no-lock}: the ceiling. It locks nothing above i_data_sem, so it shows what the engine and
 * the device can do; it is wrong by design and never ranked. Its results are right only while no
 * request extends, truncates, or shares a block with another.
 */
final class NoLockStrategy implements DioStrategy {

  @Override
  public String name() {
    return "no-lock";
  }

  @Override
  public String origin() {
    return "none: the ceiling of this bench";
  }

  @Override
  public String summary() {
    return "no inode lock at all; wrong by design, never ranked";
  }

  @Override
  public Rules rules() {
    return Rules.plain().overwritingWithFua().knowingNowait();
  }

  @Override
  public Set<Guarantee> guarantees() {
    return EnumSet.noneOf(Guarantee.class);
  }

  @Override
  public boolean isCeiling() {
    return true;
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
    private final Grant nowait = new NowaitGrant();

    Locking(InodeView inode) {
      this.inode = inode;
    }

    @Override
    public Grant directRead(DirectIo io) {
      return io.isNowait() ? nowait() : Grant.NOTHING_HELD;
    }

    @Override
    public Grant directWrite(DirectIo io) {
      if (!io.isNowait()) {
        return Grant.NOTHING_HELD;
      }
      return io.isExtending() || !io.isOverwrite() ? Grant.WOULD_BLOCK : nowait();
    }

    private Grant nowait() {
      return inode.dataSem().tryLockShared() ? nowait : Grant.WOULD_BLOCK;
    }

    @Override
    public Grant truncate(long newSize) {
      return Grant.NOTHING_HELD;
    }

    @Override
    public Grant fallocate(long offset, long bytes) {
      return Grant.NOTHING_HELD;
    }

    @Override
    public Grant bufferedWrite(long offset, long bytes) {
      return Grant.NOTHING_HELD;
    }

    @Override
    public Grant punch(long offset, long bytes) {
      return Grant.NOTHING_HELD;
    }

    @Override
    public Grant fsync() {
      return Grant.NOTHING_HELD;
    }

    /** Holds i_data_sem for the look-ups, which would have to wait for it otherwise. */
    private final class NowaitGrant implements Grant {
      @Override
      public boolean holdsDataSem() {
        return true;
      }

      @Override
      public void submitted() {
        inode.dataSem().unlockShared();
      }

      @Override
      public void close() {}
    }
  }
}
