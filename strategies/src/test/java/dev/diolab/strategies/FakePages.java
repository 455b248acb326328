package dev.diolab.strategies;

import dev.diolab.engine.locking.PageCacheView;
import dev.diolab.engine.locking.Placeholders;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.concurrent.ConcurrentSkipListSet;

/** A page cache of which a test says what is in it. */
final class FakePages implements PageCacheView {
  private static final long PAGE = Placeholders.PAGE_SIZE;

  private final Placeholders placeholders = new Placeholders();
  private volatile boolean cached;
  private volatile boolean mapped;
  private volatile boolean failing;
  private final NavigableSet<Long> dirty = new ConcurrentSkipListSet<>();

  void setCached(boolean now) {
    cached = now;
  }

  void setMapped(boolean now) {
    mapped = now;
  }

  /** Whether a write-out fails from now on. */
  void setFailing(boolean now) {
    failing = now;
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

  /** Makes the pages that hold these bytes dirty. */
  void setDirty(long offset, long bytes) {
    cached = true;
    for (long page = offset / PAGE; page <= (offset + bytes - 1) / PAGE; page++) {
      dirty.add(page);
    }
  }

  @Override
  public boolean isDirty(long offset, long bytes) {
    return !dirtyIn(offset, bytes).isEmpty();
  }

  /** Takes the lock of each dirty page, as the page cache does. */
  @Override
  public void writeAndWait(long offset, long bytes) throws IOException {
    if (failing) {
      throw new IOException("write-out of " + bytes + " bytes at " + offset + " fails");
    }
    for (long page : dirtyIn(offset, bytes)) {
      Placeholders.Claim claim = new Placeholders.Claim();
      placeholders.acquire(claim, page * PAGE, PAGE);
      dirty.remove(page);
      placeholders.release(claim);
    }
  }

  private List<Long> dirtyIn(long offset, long bytes) {
    return List.copyOf(dirty.subSet(offset / PAGE, true, (offset + bytes - 1) / PAGE, true));
  }
}
