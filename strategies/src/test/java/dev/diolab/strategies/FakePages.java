package dev.diolab.strategies;

import dev.diolab.engine.locking.PageCacheView;
import dev.diolab.engine.locking.Placeholders;

/** A page cache of which a test says what is in it. */
final class FakePages implements PageCacheView {
  private final Placeholders placeholders = new Placeholders();
  private volatile boolean cached;
  private volatile boolean mapped;

  void setCached(boolean now) {
    cached = now;
  }

  void setMapped(boolean now) {
    mapped = now;
  }

  @Override
  public boolean hasPages() {
    return cached;
  }

  @Override
  public boolean isMapped() {
    return mapped;
  }

  @Override
  public Placeholders placeholders() {
    return placeholders;
  }

  @Override
  public boolean isDirty(long offset, long bytes) {
    return false;
  }

  @Override
  public void writeAndWait(long offset, long bytes) {}
}
