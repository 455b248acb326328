package dev.diolab.strategies;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.ForwardingStrategy;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Locks as another strategy does, and lets a test act at the moments where another thread could:
 * just before an operation takes its locks, just after a write got them, and just after it let them
 * go.
 */
final class HookedStrategy extends ForwardingStrategy {
  private final AtomicReference<Callable<?>> beforeNext = new AtomicReference<>(() -> null);
  private final AtomicReference<Callable<?>> afterNextWrite = new AtomicReference<>(() -> null);
  private final AtomicReference<Callable<?>> afterNextRelease = new AtomicReference<>(() -> null);

  HookedStrategy(DioStrategy below) {
    super(below);
  }

  /** Runs {@code action} once, before the next operation of any kind takes its locks. */
  void beforeNext(Callable<?> action) {
    beforeNext.set(action);
  }

  /** Runs {@code action} once, when the next write has its grant and has not begun to map. */
  void afterNextWriteIsGranted(Callable<?> action) {
    afterNextWrite.set(action);
  }

  /** Runs {@code action} once, when a direct write has let its grant go. */
  void afterNextWriteIsReleased(Callable<?> action) {
    afterNextRelease.set(action);
  }

  private static void runOnce(AtomicReference<Callable<?>> hook) {
    try {
      hook.getAndSet(() -> null).call();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public InodeLocking attach(InodeView inode) {
    return new Hooked(super.attach(inode));
  }

  private final class Hooked implements InodeLocking {
    private final InodeLocking locking;

    Hooked(InodeLocking locking) {
      this.locking = locking;
    }

    @Override
    public Grant directRead(DirectIo io) {
      runOnce(beforeNext);
      return locking.directRead(io);
    }

    @Override
    public Grant directWrite(DirectIo io) {
      runOnce(beforeNext);
      Grant grant = locking.directWrite(io);
      runOnce(afterNextWrite);
      return grant.isRefusal() ? grant : new HookedGrant(grant);
    }

    @Override
    public Grant truncate(long newSize) {
      runOnce(beforeNext);
      return locking.truncate(newSize);
    }

    @Override
    public Grant fallocate(long offset, long bytes) {
      runOnce(beforeNext);
      return locking.fallocate(offset, bytes);
    }

    @Override
    public Grant bufferedRead(long offset, long bytes, boolean nowait) {
      runOnce(beforeNext);
      return locking.bufferedRead(offset, bytes, nowait);
    }

    @Override
    public Grant bufferedWrite(long offset, long bytes) {
      runOnce(beforeNext);
      return locking.bufferedWrite(offset, bytes);
    }

    @Override
    public Grant fallback(long offset, long bytes) {
      runOnce(beforeNext);
      return locking.fallback(offset, bytes);
    }

    @Override
    public Grant pageFault(long offset) {
      return locking.pageFault(offset);
    }

    @Override
    public Grant punch(long offset, long bytes) {
      runOnce(beforeNext);
      return locking.punch(offset, bytes);
    }

    @Override
    public Grant fsync() {
      runOnce(beforeNext);
      return locking.fsync();
    }
  }

  private final class HookedGrant implements Grant {
    private final Grant grant;

    HookedGrant(Grant grant) {
      this.grant = grant;
    }

    @Override
    public long beforeMap(long offset, long rest) throws IOException {
      return grant.beforeMap(offset, rest);
    }

    @Override
    public void submitted() {
      grant.submitted();
    }

    @Override
    public void ioDone() {
      grant.ioDone();
    }

    @Override
    public boolean holdsDataSem() {
      return grant.holdsDataSem();
    }

    @Override
    public boolean mustWait() {
      return grant.mustWait();
    }

    @Override
    public void close() {
      grant.close();
      runOnce(afterNextRelease);
    }
  }
}
