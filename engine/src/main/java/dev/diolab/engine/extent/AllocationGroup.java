package dev.diolab.engine.extent;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.diolab.engine.format.BitmapBlock;
import dev.diolab.engine.format.CorruptImageException;
import dev.diolab.engine.journal.Handle;
import dev.diolab.engine.journal.MetaBlock;

/**
 * The blocks of one group: its bitmap, and the blocks that were freed by a transaction that has not
 * committed yet.
 *
 * <p>Such a block is <em>pinned</em>: clear in the bitmap, because the bitmap is part of the
 * freeing transaction, but not given out. Were it given out and the transaction lost in a crash,
 * the file that still owns it would show the data of the new owner.
 *
 * <p>The group's lock is this object's monitor, [group lock]. It ranks below i_data_sem and above
 * the journal lock. It keeps two files from being given one block.
 */
final class AllocationGroup {
  private final long first;
  private final int words;

  /** The bitmap; its contents are guarded by the group lock. */
  private final MetaBlock bitmap;

  /** One bit a block, as in the bitmap. */
  @GuardedBy("this")
  private final long[] pinned;

  /** Blocks that are neither set in the bitmap nor pinned. */
  @GuardedBy("this")
  private int free;

  @GuardedBy("this")
  private int pinnedCount;

  /** The group that begins at block {@code first}, where {@code bitmap} lies. */
  AllocationGroup(long first, MetaBlock bitmap) {
    this.first = first;
    this.bitmap = bitmap;
    this.words = BitmapBlock.capacity(bitmap.data().length) / Long.SIZE;
    this.pinned = new long[words];
    this.free = BitmapBlock.countFree(bitmap.data());
  }

  synchronized int free() {
    return free;
  }

  synchronized int pinned() {
    return pinnedCount;
  }

  /**
   * Takes the first run of {@code want} free blocks from block {@code goal} on and then from the
   * start of the group; without one, the longest run there is.
   *
   * @return whether the group had a free block
   */
  synchronized boolean allocate(Handle handle, long goal, int want, BlockRun out) {
    if (free == 0) {
      return false;
    }
    int start = (int) (goal - first);
    int best = -1;
    int bestCount = 0;
    int from = start;
    boolean wrapped = false;
    while (bestCount < want) {
      int bit = nextFree(from);
      if (wrapped && bit >= start) {
        break;
      }
      if (bit == end()) {
        wrapped = true;
        from = 0;
        continue;
      }
      from = nextUsed(bit, Math.min(end(), bit + want));
      if (from - bit > bestCount) {
        best = bit;
        bestCount = from - bit;
      }
    }
    if (best < 0) {
      throw new AssertionError("group at " + first + ": free is " + free + ", bitmap is full");
    }
    take(handle, best, bestCount);
    out.set(first + best, bestCount);
    return true;
  }

  /**
   * Takes the last free block, far from the runs that {@link #allocate} gives.
   *
   * @return its number, 0 when the group has no free block
   */
  synchronized long allocateLast(Handle handle) {
    if (free == 0) {
      return 0;
    }
    int word = words - 1;
    while (used(word) == -1L) {
      word--;
    }
    int bit = (word << 6) + Long.SIZE - 1 - Long.numberOfLeadingZeros(~used(word));
    take(handle, bit, 1);
    return first + bit;
  }

  /**
   * Frees blocks and pins them until the handle's transaction is committed.
   *
   * @throws CorruptImageException when one of them is free already; nothing is changed then
   */
  synchronized void free(Handle handle, long start, int count) throws CorruptImageException {
    int from = (int) (start - first);
    int clear = BitmapBlock.nextClear(bitmap.data(), from, from + count);
    if (clear < from + count) {
      throw new CorruptImageException(
          String.format(
              "block %d is freed but already free in the bitmap in block %d",
              first + clear, bitmap.number()));
    }
    clear(handle, from, count);
    fillPinned(from, from + count, true);
    pinnedCount += count;
    handle.afterCommit(() -> unpin(from, count));
  }

  /**
   * Takes back what {@code handle} just allocated and nothing refers to; it is free at once, since
   * no transaction ever saw it in use.
   */
  synchronized void cancel(Handle handle, long start, int count) {
    clear(handle, (int) (start - first), count);
    free += count;
  }

  private synchronized void unpin(int from, int count) {
    fillPinned(from, from + count, false);
    pinnedCount -= count;
    free += count;
  }

  @GuardedBy("this")
  private void take(Handle handle, int from, int count) {
    handle.modify(bitmap);
    BitmapBlock.fill(bitmap.data(), from, from + count, true);
    free -= count;
  }

  private void clear(Handle handle, int from, int count) {
    handle.modify(bitmap);
    BitmapBlock.fill(bitmap.data(), from, from + count, false);
  }

  @GuardedBy("this")
  private void fillPinned(int from, int to, boolean set) {
    for (int bit = from; bit < to; ) {
      int word = bit >> 6;
      int next = Math.min(to, (word + 1) << 6);
      long mask = BitmapBlock.mask(bit, next);
      pinned[word] = set ? pinned[word] | mask : pinned[word] & ~mask;
      bit = next;
    }
  }

  private int end() {
    return words << 6;
  }

  /** 64 bits, set where a block cannot be given out. */
  @GuardedBy("this")
  private long used(int word) {
    return BitmapBlock.word(bitmap.data(), word) | pinned[word];
  }

  /** The first free bit from {@code from} on, {@link #end} when there is none. */
  @GuardedBy("this")
  private int nextFree(int from) {
    int word = from >> 6;
    if (word >= words) {
      return end();
    }
    long candidates = ~used(word) & (-1L << from);
    while (candidates == 0) {
      if (++word == words) {
        return end();
      }
      candidates = ~used(word);
    }
    return (word << 6) + Long.numberOfTrailingZeros(candidates);
  }

  /** The first used bit from {@code from} on, {@code limit} when there is none before it. */
  @GuardedBy("this")
  private int nextUsed(int from, int limit) {
    int word = from >> 6;
    long candidates = used(word) & (-1L << from);
    while (candidates == 0) {
      word++;
      if (word << 6 >= limit) {
        return limit;
      }
      candidates = used(word);
    }
    return Math.min(limit, (word << 6) + Long.numberOfTrailingZeros(candidates));
  }
}
