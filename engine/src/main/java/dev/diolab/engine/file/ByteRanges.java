package dev.diolab.engine.file;

import java.util.Arrays;

/**
 * Byte ranges of one file. Grows to the most that were ever in it and then allocates nothing.
 *
 * <p>Thread safety: none.
 */
final class ByteRanges {
  private long[] starts = new long[4];
  private long[] ends = new long[4];
  private int count;

  /** Adds the bytes from {@code start} to before {@code end}; one range with the last if it can. */
  void add(long start, long end) {
    if (count > 0 && start <= ends[count - 1] && end >= starts[count - 1]) {
      starts[count - 1] = Math.min(starts[count - 1], start);
      ends[count - 1] = Math.max(ends[count - 1], end);
      return;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = start;
    ends[count] = end;
    count++;
  }

  void addAll(ByteRanges others) {
    for (int i = 0; i < others.count; i++) {
      add(others.starts[i], others.ends[i]);
    }
  }

  int count() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /** First byte of range {@code index}. */
  long start(int index) {
    return starts[index];
  }

  /** First byte after range {@code index}. */
  long end(int index) {
    return ends[index];
  }

  void removeFirst() {
    System.arraycopy(starts, 1, starts, 0, count - 1);
    System.arraycopy(ends, 1, ends, 0, count - 1);
    count--;
  }

  void clear() {
    count = 0;
  }

  /** Leaves out all bytes at or behind {@code end}. */
  void cutAt(long end) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      if (starts[i] < end) {
        starts[kept] = starts[i];
        ends[kept] = Math.min(ends[i], end);
        kept++;
      }
    }
    count = kept;
  }

  /** Sorts the ranges and makes one of those that overlap or follow each other. */
  void coalesce() {
    for (int gap = count / 2; gap > 0; gap /= 2) {
      for (int i = gap; i < count; i++) {
        insertSorted(i, gap);
      }
    }
    int all = count;
    count = Math.min(all, 1);
    for (int i = 1; i < all; i++) {
      add(starts[i], ends[i]);
    }
  }

  /** One step of Shell's sort: two arrays cannot be sorted together without allocating. */
  private void insertSorted(int index, int gap) {
    long start = starts[index];
    long end = ends[index];
    int at = index;
    while (at >= gap && starts[at - gap] > start) {
      starts[at] = starts[at - gap];
      ends[at] = ends[at - gap];
      at -= gap;
    }
    starts[at] = start;
    ends[at] = end;
  }
}
