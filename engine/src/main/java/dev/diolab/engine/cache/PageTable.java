package dev.diolab.engine.cache;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one inode by index: leaves of 64 neighbours, sorted. Looking for the pages of a
 * range costs the pages that are there, however long the range is.
 *
 * <p>Thread safety: none; {@link CachedPages} guards it.
 */
final class PageTable {
  /** What {@link #nextPage} and {@link #nextBusy} return when there is no such page. */
  static final long NONE = Long.MAX_VALUE;

  private static final int LEAF_SHIFT = 6;
  private static final int LEAF_PAGES = 1 << LEAF_SHIFT;

  /** The leaves from 0 to leafCount - 1, ascending. */
  private Leaf[] leaves = {};

  private int leafCount;

  /** Place of the leaf that was found last: reads come in rows. */
  private int lastFound;

  private int pages;
  private int busyPages;

  /** Number of pages. */
  int size() {
    return pages;
  }

  @Nullable Page get(long index) {
    int place = find(index >> LEAF_SHIFT);
    return place < 0 ? null : leaves[place].pages[slot(index)];
  }

  /** Adds a page whose index is free. */
  void put(Page page) {
    long key = page.index >> LEAF_SHIFT;
    int place = find(key);
    if (place < 0) {
      place = -place - 1;
      insert(place, new Leaf(key));
    }
    Leaf leaf = leaves[place];
    int slot = slot(page.index);
    if (leaf.pages[slot] != null) {
      throw new AssertionError("page " + page.index + " is in the table twice");
    }
    leaf.pages[slot] = page;
    leaf.present |= 1L << slot;
    pages++;
  }

  /** Takes a page out that is in the table and neither dirty nor under write-out. */
  void remove(Page page) {
    int place = find(page.index >> LEAF_SHIFT);
    Leaf leaf = leaves[place];
    int slot = slot(page.index);
    leaf.pages[slot] = null;
    leaf.present &= ~(1L << slot);
    pages--;
    if (leaf.present == 0) {
      leafCount--;
      System.arraycopy(leaves, place + 1, leaves, place, leafCount - place);
      Arrays.fill(leaves, leafCount, leafCount + 1, Leaf.GONE);
    }
  }

  /** Notes whether {@code page} is dirty or under write-out, after one of both changed. */
  void noteBusy(Page page) {
    Leaf leaf = leaves[find(page.index >> LEAF_SHIFT)];
    long bit = 1L << slot(page.index);
    boolean before = (leaf.busy & bit) != 0;
    boolean now = page.isDirty() || page.writeback;
    if (before != now) {
      leaf.busy ^= bit;
      busyPages += now ? 1 : -1;
    }
  }

  /** Index of the first page at or behind {@code index}. */
  long nextPage(long index) {
    return next(index, false);
  }

  /** Index of the first page at or behind {@code index} that is dirty or under write-out. */
  long nextBusy(long index) {
    return busyPages == 0 ? NONE : next(index, true);
  }

  private long next(long index, boolean busy) {
    int place = find(index >> LEAF_SHIFT);
    long mask = -1L << slot(index);
    if (place < 0) {
      place = -place - 1;
      mask = -1L;
    }
    for (; place < leafCount; place++) {
      Leaf leaf = leaves[place];
      long found = (busy ? leaf.busy : leaf.present) & mask;
      if (found != 0) {
        return (leaf.key << LEAF_SHIFT) + Long.numberOfTrailingZeros(found);
      }
      mask = -1L;
    }
    return NONE;
  }

  /** Place of the leaf; if there is none, -1 - the place where it belongs. */
  private int find(long key) {
    if (lastFound < leafCount && leaves[lastFound].key == key) {
      return lastFound;
    }
    int low = 0;
    int high = leafCount - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      long there = leaves[middle].key;
      if (there < key) {
        low = middle + 1;
      } else if (there > key) {
        high = middle - 1;
      } else {
        lastFound = middle;
        return middle;
      }
    }
    return -low - 1;
  }

  private void insert(int place, Leaf leaf) {
    if (leafCount == leaves.length) {
      leaves = Arrays.copyOf(leaves, Math.max(4, 2 * leafCount));
    }
    System.arraycopy(leaves, place, leaves, place + 1, leafCount - place);
    leaves[place] = leaf;
    leafCount++;
  }

  private static int slot(long index) {
    return (int) index & (LEAF_PAGES - 1);
  }

  /** Pages {@code key * 64} to {@code key * 64 + 63}; a bit of a mask for each. */
  private static final class Leaf {
    /** Stands where no leaf is any more. */
    private static final Leaf GONE = new Leaf(-1);

    private final long key;
    private final @Nullable Page[] pages = new @Nullable Page[LEAF_PAGES];
    private long present;
    private long busy;

    private Leaf(long key) {
      this.key = key;
    }
  }
}
