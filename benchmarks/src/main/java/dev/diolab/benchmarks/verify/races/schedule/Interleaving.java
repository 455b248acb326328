package dev.diolab.benchmarks.verify.races.schedule;

import java.util.ArrayList;
import java.util.List;

/** What the actors of one run did, in the order in which they did it. Thread safety: all of it. */
final class Interleaving {
  /** [this] */
  private final List<Line> lines = new ArrayList<>();

  synchronized void add(String actor, String what) {
    lines.add(new Line(actor, what));
  }

  synchronized int length() {
    return lines.size();
  }

  synchronized List<Line> lines() {
    return List.copyOf(lines);
  }
}
