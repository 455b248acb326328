package dev.diolab.benchmarks.verify.history;

import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.OpKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The events on a file that must not get lost any more, under one guarantee. A value that was over
 * before a durable event on the same sector began must not come back.
 */
final class Floor {
  /** Per sector: the begin of the latest durable event that set it; {@link #NONE} without one. */
  private final long[] sectors;

  private final List<Event> truncates = new ArrayList<>();
  private final List<Event> growths = new ArrayList<>();

  /** Before every tick. */
  static final long NONE = Long.MIN_VALUE;

  Floor(int sectors) {
    this.sectors = new long[sectors];
    Arrays.fill(this.sectors, NONE);
  }

  void add(Event event) {
    Op op = event.op();
    if (op.kind().isWrite()) {
      raise(op.offset(), op.end(), event.begin());
      growths.add(event);
    } else if (op.kind() == OpKind.TRUNCATE) {
      raise(op.offset(), (long) sectors.length * Words.SECTOR, event.begin());
      truncates.add(event);
      growths.add(event);
    } else if (op.kind() == OpKind.FALLOCATE) {
      growths.add(event);
    }
  }

  private void raise(long from, long to, long begin) {
    for (int i = (int) (from / Words.SECTOR); i < to / Words.SECTOR && i < sectors.length; i++) {
      sectors[i] = Math.max(sectors[i], begin);
    }
  }

  /** Values of {@code sector} that were over before this are gone. */
  long at(int sector) {
    return sectors[sector];
  }

  List<Event> truncates() {
    return truncates;
  }

  /** Durable events that the file must reach as far as. */
  List<Event> growths() {
    return growths;
  }
}
