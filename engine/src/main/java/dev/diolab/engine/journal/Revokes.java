package dev.diolab.engine.journal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Up to which transaction copies of a block are void, because the block was freed.
 *
 * <p>Thread safety: none.
 */
final class Revokes {
  private final Map<Long, Long> voidUpTo = new HashMap<>();

  /** Takes the revokes of {@code transactions}, which are in the order of the log. */
  Revokes(List<LogScan.Found> transactions) {
    for (LogScan.Found transaction : transactions) {
      for (long block : transaction.revoked()) {
        voidUpTo.put(block, transaction.tid());
      }
    }
  }

  /** Whether {@code copy} must not be replayed. */
  boolean isVoid(LogCopy copy) {
    return copy.tid() <= voidUpTo.getOrDefault(copy.home(), 0L);
  }
}
