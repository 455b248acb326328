package dev.diolab.benchmarks.verify.history;

import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.OpKind;
import java.util.ArrayList;
import java.util.List;

/** Histories of one file, event by event; ids count from 1. */
final class Histories {
  private final List<Event> events = new ArrayList<>();

  /** Adds what was done from {@code begin} to {@code end}. */
  Histories add(OpKind kind, long offset, int bytes, long begin, long end) {
    events.add(new Event(events.size() + 1, 0, new Op(kind, 0, offset, bytes), begin, end, null));
    return this;
  }

  /** Adds a read that returned {@code seen}. */
  Histories addRead(long offset, int bytes, long begin, long end, long... seen) {
    Op op = new Op(OpKind.READ, 0, offset, bytes);
    events.add(new Event(events.size() + 1, 0, op, begin, end, seen));
    return this;
  }

  /** The history; what ended at tick 0 or before is its setup. */
  History get() {
    return new History(events, 0);
  }

  /** The words of event {@code id} in sectors {@code from} to before {@code to}. */
  static long[] words(int id, int from, int to) {
    long[] words = new long[to - from];
    for (int i = 0; i < words.length; i++) {
      words[i] = Words.of(id, 0, from + i);
    }
    return words;
  }
}
