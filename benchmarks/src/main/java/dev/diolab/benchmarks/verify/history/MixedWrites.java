package dev.diolab.benchmarks.verify.history;

import dev.diolab.benchmarks.verify.script.OpKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Direct writes that ran beside operations on the page cache.
 *
 * <p>Who fills a page before a direct write and changes it after that has the old contents of the
 * whole page in the cache, and writes them out over what the direct write put there, also where he
 * changed nothing. No scheme of Linux keeps a store into a mapping from that, and those that let go
 * of i_mutex do not keep a buffered write from it either. So a direct write that shares a page with
 * a cached write that ran beside it promises nothing for that page. Cached writes are not lost in
 * this way: their page is dirty, and a direct write drops only clean ones.
 *
 * <p>But a direct write of a part of an unwritten block pads the block with zeros. Those can fall
 * on a store into the same block that was written out since the block was looked up: no scheme has
 * a lock against that. So a store that shares a page with such a write beside it promises nothing
 * for that page either.
 *
 * <p>Thread safety: immutable.
 */
final class MixedWrites {
  /** Bytes of a page. */
  static final long PAGE = 4096;

  /** For each direct write that has any: the operations on the page cache beside it. */
  private final Map<Event, List<Event>> beside = new HashMap<>();

  /** For each store that has any: the direct writes beside it that may pad blocks with zeros. */
  private final Map<Event, List<Event>> padders = new HashMap<>();

  /** The direct writes among {@code events}, which are of one file. */
  MixedWrites(List<Event> events) {
    List<Event> cached = events.stream().filter(event -> event.op().kind().isCached()).toList();
    for (Event write : events) {
      if (write.op().kind().isDirectWrite()) {
        List<Event> found = new ArrayList<>();
        for (Event each : cached) {
          if (!each.isBefore(write) && !write.isBefore(each)) {
            found.add(each);
            if (each.op().kind() == OpKind.MMAP_STORE && mayPad(write)) {
              padders.computeIfAbsent(each, store -> new ArrayList<>()).add(write);
            }
          }
        }
        if (!found.isEmpty()) {
          beside.put(write, found);
        }
      }
    }
  }

  /** Whether {@code write}, once it is over, is what is in the sector at {@code at}. */
  boolean settles(Event write, long at) {
    for (Event each : beside.getOrDefault(write, List.of())) {
      if (each.op().kind().isCachedWrite() && touchesPage(each, at)) {
        return false;
      }
    }
    return padders.getOrDefault(write, List.of()).stream()
        .noneMatch(direct -> touchesPage(direct, at));
  }

  private static boolean mayPad(Event direct) {
    return direct.op().offset() % PAGE != 0 || direct.op().end() % PAGE != 0;
  }

  /**
   * Whether {@code write} may have found pages in its way that it could not drop, and so have gone
   * through the page cache itself.
   */
  boolean mayFallBack(Event write) {
    return beside.containsKey(write);
  }

  /** Whether {@code event} puts something into the page that holds the byte {@code at}. */
  static boolean touchesPage(Event event, long at) {
    long page = at / PAGE * PAGE;
    return event.op().offset() < page + PAGE && event.op().end() > page;
  }
}
