package dev.diolab.strategies.old;

import dev.diolab.engine.locking.DirectIo;
import org.jspecify.annotations.Nullable;

/** A request that tells the strategy something else than the path would. */
abstract class AnsweredIo implements DirectIo {
  private final DirectIo below;

  AnsweredIo(DirectIo below) {
    this.below = below;
  }

  @Override
  public long offset() {
    return below.offset();
  }

  @Override
  public int bytes() {
    return below.bytes();
  }

  @Override
  public boolean isExtending() {
    return below.isExtending();
  }

  @Override
  public boolean isAsync() {
    return below.isAsync();
  }

  @Override
  public boolean isNowait() {
    return below.isNowait();
  }

  @Override
  public @Nullable Object kept() {
    return below.kept();
  }

  @Override
  public void keep(Object object) {
    below.keep(object);
  }
}
