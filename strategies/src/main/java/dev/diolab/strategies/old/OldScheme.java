package dev.diolab.strategies.old;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.DirectIo;
import dev.diolab.engine.locking.Grant;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.InodeLocking;
import dev.diolab.engine.locking.InodeView;
import dev.diolab.engine.locking.Rules;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.util.Set;

/** A strategy with a mistake: all is as in the strategy below but what a subclass changes. */
abstract class OldScheme implements DioStrategy {
  private final DioStrategy below;
  private final String mistake;
  private final String origin;
  private final String summary;

  /**
   * @param below name of the strategy that has the mistake
   * @param mistake short name of the mistake; the variant is called by both names
   * @param origin commit or thread
   * @param summary the mistake in one line
   */
  OldScheme(String below, String mistake, String origin, String summary) {
    this.below = Strategies.byName(below);
    this.mistake = mistake;
    this.origin = origin;
    this.summary = summary;
  }

  @Override
  public final String name() {
    return below.name() + "-" + mistake;
  }

  @Override
  public final String origin() {
    return origin;
  }

  @Override
  public final String summary() {
    return summary;
  }

  @Override
  public final Rules rules() {
    return below.rules();
  }

  @Override
  public final Set<Guarantee> guarantees() {
    return below.guarantees();
  }

  @Override
  public final boolean isCeiling() {
    return below.isCeiling();
  }

  @Override
  public final String defaultPolicy() {
    return below.defaultPolicy();
  }

  @Override
  public final boolean takes(ConversionPolicy policy) {
    return below.takes(policy);
  }

  @Override
  public final InodeLocking attach(InodeView inode) {
    return attach(inode, below.attach(inode));
  }

  /** The locks with the mistake, made of those without. */
  abstract InodeLocking attach(InodeView inode, InodeLocking locking);

  /** Locks as those below. */
  static class Locking implements InodeLocking {
    private final InodeLocking below;

    Locking(InodeLocking below) {
      this.below = below;
    }

    @Override
    public Grant directRead(DirectIo io) {
      return below.directRead(io);
    }

    @Override
    public Grant directWrite(DirectIo io) {
      return below.directWrite(io);
    }

    @Override
    public Grant bufferedRead(long offset, long bytes, boolean nowait) {
      return below.bufferedRead(offset, bytes, nowait);
    }

    @Override
    public Grant bufferedWrite(long offset, long bytes) {
      return below.bufferedWrite(offset, bytes);
    }

    @Override
    public Grant fallback(long offset, long bytes) {
      return below.fallback(offset, bytes);
    }

    @Override
    public Grant pageFault(long offset) {
      return below.pageFault(offset);
    }

    @Override
    public Grant truncate(long newSize) {
      return below.truncate(newSize);
    }

    @Override
    public Grant fallocate(long offset, long bytes) {
      return below.fallocate(offset, bytes);
    }

    @Override
    public Grant punch(long offset, long bytes) {
      return below.punch(offset, bytes);
    }

    @Override
    public Grant fsync() {
      return below.fsync();
    }
  }

  /** Grants as the one below. */
  static class Held implements Grant {
    private final Grant below;

    Held(Grant below) {
      this.below = below;
    }

    @Override
    public long beforeMap(long offset, long rest) throws IOException {
      return below.beforeMap(offset, rest);
    }

    @Override
    public void submitted() {
      below.submitted();
    }

    @Override
    public void ioDone() {
      below.ioDone();
    }

    @Override
    public void close() {
      below.close();
    }

    @Override
    public boolean isRefusal() {
      return below.isRefusal();
    }

    @Override
    public boolean mustWait() {
      return below.mustWait();
    }

    @Override
    public boolean holdsDataSem() {
      return below.holdsDataSem();
    }
  }
}
