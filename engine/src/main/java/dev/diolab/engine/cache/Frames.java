package dev.diolab.engine.cache;

import dev.diolab.engine.device.BlockDevice;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The page frames of a volume, in slabs of memory of its device, and the clock's hand that goes
 * round them.
 *
 * <p>Thread safety: all methods may be called at once. Order of monitors: [this], then that of a
 * {@link CachedPages}; no method is called with a monitor held.
 */
final class Frames {
  /** Frames that are allocated at once. */
  private static final int SLAB_PAGES = 64;

  private final BlockDevice device;
  private final int limit;

  /** All frames, each at its slot. [this] */
  private Page[] all = {};

  /** [this] */
  private int allocated;

  /** [this] */
  private int hand;

  /** [this] */
  private @Nullable Page free;

  /** [this] */
  private long timesBeyondLimit;

  Frames(BlockDevice device, int limit) {
    this.device = device;
    this.limit = limit;
  }

  int limit() {
    return limit;
  }

  synchronized int allocated() {
    return allocated;
  }

  synchronized long timesBeyondLimit() {
    return timesBeyondLimit;
  }

  /** A free frame, or one whose page can be evicted; null when there is none. */
  synchronized @Nullable Page allocate(PageCache owner) {
    if (free == null && allocated < limit) {
      addSlab(Math.min(SLAB_PAGES, limit - allocated), false);
    }
    Page page = takeFree();
    if (page == null) {
      page = evictOne();
    }
    if (page != null) {
      page.owner = owner;
    }
    return page;
  }

  synchronized Page allocateBeyondLimit(PageCache owner) {
    timesBeyondLimit++;
    addSlab(1, true);
    Page page = takeFree();
    if (page == null) {
      throw new AssertionError("a new slab holds no free frame");
    }
    page.owner = owner;
    return page;
  }

  private void addSlab(int pages, boolean extra) {
    MemorySegment slab = device.allocateBuffer((long) pages * Page.SIZE);
    if (allocated + pages > all.length) {
      all = Arrays.copyOf(all, Math.max(allocated + pages, 2 * all.length));
    }
    for (int i = 0; i < pages; i++) {
      Page page = new Page(slab, (long) i * Page.SIZE, extra);
      page.slot = allocated;
      all[allocated++] = page;
      pushFree(page);
    }
  }

  private void pushFree(Page page) {
    page.nextFree = free;
    free = page;
  }

  private @Nullable Page takeFree() {
    Page page = free;
    if (page != null) {
      free = page.nextFree;
      page.nextFree = null;
    }
    return page;
  }

  /** Two rounds: the first takes the pages' second chance. */
  private @Nullable Page evictOne() {
    for (int i = 2 * allocated; i > 0; i--) {
      hand = hand + 1 < allocated ? hand + 1 : 0;
      Page page = all[hand];
      PageCache owner = page.owner;
      if (owner != null && owner.evict(page)) {
        if (!page.extra) {
          return page;
        }
        remove(page);
      }
    }
    return null;
  }

  /** Takes back the frame of a page that left its table and has no pins. */
  synchronized void free(Page page) {
    page.owner = null;
    if (page.extra) {
      remove(page);
    } else {
      pushFree(page);
    }
  }

  private void remove(Page page) {
    Page last = all[--allocated];
    all[page.slot] = last;
    last.slot = page.slot;
  }
}
