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

  /**
   * Adds a durable event.
   *
   * @param mixed tells for which sectors a write promises nothing
   */
  void add(Event event, MixedWrites mixed) {
    Op op = event.op();
    for (int i = (int) (op.offset() / Words.SECTOR); i < sectors.length; i++) {
      long at = (long) i * Words.SECTOR;
      if (event.zeroes(at) || (event.writes(at) && mixed.settles(event, at))) {
        sectors[i] = Math.max(sectors[i], event.begin());
      }
    }
    if (op.kind() == OpKind.TRUNCATE) {
      truncates.add(event);
    }
    if (op.kind().mayGrow()) {
      growths.add(event);
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
