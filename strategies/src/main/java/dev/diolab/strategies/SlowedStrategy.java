package dev.diolab.strategies;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.ForwardingStrategy;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;

/**
 * {@code ...-slow10}: a strategy that stands still for a tenth of the time: the planted slow-down
 * with which one sees whether a bench, a report or a comparison of runs finds a difference of that
 * size, and tells the right one. The locks are those of the strategy below.
 *
 * <p>No operation begins in the last tenth of each {@link Standstill#PERIOD_NANOS}; what began
 * before goes on. So whatever bounds a workload, the device, a lock or the processor, does a tenth
 * less, but for what is under way when a standstill begins: with requests of 300 us that is half a
 * percent.
 */
final class SlowedStrategy extends ForwardingStrategy {
  SlowedStrategy(DioStrategy below) {
    super(below);
  }

  @Override
  public String name() {
    return super.name() + "-slow10";
  }

  @Override
  public String origin() {
    return super.origin() + ", slowed down on purpose";
  }

  @Override
  public String summary() {
    return super.name() + " that begins nothing in a tenth of the time, to test the bench";
  }

  @Override
  public InodeLocking attach(InodeView inode) {
    return new SlowedLocking(super.attach(inode));
  }

  private record SlowedLocking(InodeLocking below) implements InodeLocking {
    @Override
    public Grant directRead(DirectIo io) {
      Standstill.await();
      return below.directRead(io);
    }

    @Override
    public Grant directWrite(DirectIo io) {
      Standstill.await();
      return below.directWrite(io);
    }

    @Override
    public Grant bufferedRead(long offset, long bytes, boolean nowait) {
      Standstill.await();
      return below.bufferedRead(offset, bytes, nowait);
    }

    @Override
    public Grant bufferedWrite(long offset, long bytes) {
      Standstill.await();
      return below.bufferedWrite(offset, bytes);
    }

    @Override
    public Grant fallback(long offset, long bytes) {
      return below.fallback(offset, bytes);
    }

    @Override
    public Grant pageFault(long offset) {
      return below.pageFault(offset); // may come under a grant
    }

    @Override
    public Grant truncate(long newSize) {
      Standstill.await();
      return below.truncate(newSize);
    }

    @Override
    public Grant fallocate(long offset, long bytes) {
      Standstill.await();
      return below.fallocate(offset, bytes);
    }

    @Override
    public Grant punch(long offset, long bytes) {
      Standstill.await();
      return below.punch(offset, bytes);
    }

    @Override
    public Grant fsync() {
      Standstill.await();
      return below.fsync();
    }
  }
}
