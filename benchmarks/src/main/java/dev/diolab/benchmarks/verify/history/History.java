package dev.diolab.benchmarks.verify.history;

import java.util.Comparator;
import java.util.List;

/**
 * Everything that was done on the files of a recorded workload.
 *
 * @param events by begin
 * @param setupEnd tick at which the setup was durable: what ended before is part of every image
 */
public record History(List<Event> events, long setupEnd) {
  /** Sorts the events. */
  public History {
    events = events.stream().sorted(Comparator.comparingLong(Event::begin)).toList();
  }

  /** What was done on {@code file}. */
  List<Event> of(int file) {
    return events.stream().filter(event -> event.op().file() == file).toList();
  }

  /** The largest event id. */
  int lastId() {
    return events.stream().mapToInt(Event::id).max().orElse(0);
  }
}
