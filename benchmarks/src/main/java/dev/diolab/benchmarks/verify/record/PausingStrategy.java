package dev.diolab.benchmarks.verify.record;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.ForwardingStrategy;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import java.io.IOException;

/** A strategy with pauses before each of its moments. */
final class PausingStrategy extends ForwardingStrategy {
  private final Pauses pauses;

  PausingStrategy(DioStrategy strategy, Pauses pauses) {
    super(strategy);
    this.pauses = pauses;
  }

  @Override
  public InodeLocking attach(InodeView inode) {
    return new PausingLocking(super.attach(inode), pauses);
  }

  private record PausingLocking(InodeLocking locking, Pauses pauses) implements InodeLocking {
    @Override
    public Grant directRead(DirectIo io) {
      pauses.pause();
      return of(locking.directRead(io));
    }

    @Override
    public Grant directWrite(DirectIo io) {
      pauses.pause();
      return of(locking.directWrite(io));
    }

    @Override
    public Grant truncate(long newSize) {
      pauses.pause();
      return of(locking.truncate(newSize));
    }

    @Override
    public Grant fallocate(long offset, long bytes) {
      pauses.pause();
      return of(locking.fallocate(offset, bytes));
    }

    @Override
    public Grant bufferedRead(long offset, long bytes, boolean nowait) {
      pauses.pause();
      return of(locking.bufferedRead(offset, bytes, nowait));
    }

    @Override
    public Grant bufferedWrite(long offset, long bytes) {
      pauses.pause();
      return of(locking.bufferedWrite(offset, bytes));
    }

    @Override
    public Grant fallback(long offset, long bytes) {
      pauses.pause();
      return of(locking.fallback(offset, bytes));
    }

    @Override
    public Grant pageFault(long offset) {
      pauses.pause();
      return of(locking.pageFault(offset));
    }

    @Override
    public Grant punch(long offset, long bytes) {
      pauses.pause();
      return of(locking.punch(offset, bytes));
    }

    private Grant of(Grant grant) {
      return grant.isRefusal() ? grant : new PausingGrant(grant, pauses);
    }

    @Override
    public Grant fsync() {
      return locking.fsync();
    }
  }

  private record PausingGrant(Grant grant, Pauses pauses) implements Grant {
    @Override
    public long beforeMap(long offset, long rest) throws IOException {
      pauses.pause();
      return grant.beforeMap(offset, rest);
    }

    @Override
    public void submitted() {
      pauses.pause();
      grant.submitted();
    }

    @Override
    public void ioDone() {
      grant.ioDone();
      pauses.pause();
    }

    @Override
    public void close() {
      pauses.pause();
      grant.close();
    }

    @Override
    public boolean mustWait() {
      return grant.mustWait();
    }

    @Override
    public boolean isRefusal() {
      return grant.isRefusal();
    }

    @Override
    public boolean holdsDataSem() {
      return grant.holdsDataSem();
    }
  }
}
