package dev.diolab.benchmarks.verify.fsx;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sizes the file may have. A truncate sets the size, an extending operation raises it to its
 * end. The size at a moment is that of the last truncate before it or of an extender after that,
 * its source; a call is no source any more when one that began after its end, and has ended itself,
 * set or raised the size further.
 *
 * <p>Thread safety: none; the {@link Oracle} has the lock.
 */
final class SizeOracle {
  /** The size that all forgotten calls left. */
  private int base;

  /** Calls that set or raise the size, by begin. */
  private final List<Call> live = new ArrayList<>();

  void begin(Call call) {
    if (call.op().kind() == OpKind.TRUNCATE || call.op().isExtender()) {
      live.add(call);
    }
  }

  /** Forgets what no read that begins at {@code oldest} or later can be mistaken about. */
  void settle(long oldest) {
    for (int i = 0; i < live.size(); i++) {
      Call call = live.get(i);
      if (call.hasEndedBefore(oldest) && mayBeFolded(call)) {
        base = isTruncate(call) ? sizeOf(call) : Math.max(base, sizeOf(call));
        live.remove(i);
        live.removeIf(earlier -> earlier.precedes(call) && isTruncate(call));
        i = -1;
      }
    }
  }

  /** Whether the order of {@code call} and all others that still count is known or no matter. */
  private boolean mayBeFolded(Call call) {
    for (Call other : live) {
      if (other != call && !call.precedes(other)) {
        boolean earlier = other.precedes(call);
        if (isTruncate(call) ? !earlier : isTruncate(other)) {
          return false;
        }
      }
    }
    return true;
  }

  /** All threads stand still, and the size was seen. */
  void settleAt(int size) {
    live.clear();
    base = size;
  }

  /** The least size that the file may have had since {@code since}. */
  int least(long since) {
    int least = isSuperseded(null, base, since) ? Integer.MAX_VALUE : base;
    for (Call call : live) {
      if (!isSuperseded(call, sizeOf(call), since)) {
        least = Math.min(least, sizeOf(call));
      }
    }
    return least;
  }

  /** The largest size that the file may have had since {@code since}. */
  int largest(long since) {
    int largest = isSuperseded(null, base, since) ? 0 : base;
    for (Call call : live) {
      if (!isSuperseded(call, sizeOf(call), since)) {
        largest = Math.max(largest, sizeOf(call));
      }
    }
    return largest;
  }

  /**
   * Whether a size seen since {@code since} is possible. While the size changes, a read may see any
   * size between the least and the largest: it may look twice, and a write may move it in steps.
   */
  boolean isPossible(int size, long since) {
    if (live.stream().anyMatch(call -> !call.hasEndedBefore(since))) {
      return least(since) <= size && size <= largest(since);
    }
    if (size == base && !isSuperseded(null, base, since)) {
      return true;
    }
    return live.stream().anyMatch(call -> sizeOf(call) == size && !isSuperseded(call, size, since));
  }

  private boolean isSuperseded(@Nullable Call source, int size, long since) {
    for (Call later : live) {
      if (later.hasEndedBefore(since)
          && (source == null || source.precedes(later))
          && (isTruncate(later) || sizeOf(later) > size)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isTruncate(Call call) {
    return call.op().kind() == OpKind.TRUNCATE;
  }

  private static int sizeOf(Call call) {
    return isTruncate(call) ? call.op().length() : call.op().end();
  }
}
