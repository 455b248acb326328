package dev.diolab.benchmarks.load;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * How long operations may arrive that use up something finite, such as the pages of a log: until
 * there is no room for the next one that is due.
 *
 * <p>It follows from the schedules alone, so it is the same for everybody who is offered them, and
 * nobody who is quick runs out of room earlier than one who is slow.
 */
public final class ArrivalSpan {
  private ArrivalSpan() {}

  /**
   * What one thread is asked for.
   *
   * @param schedule when its operations are due; used up
   * @param sizes how much room each takes, in their order; used up
   */
  public record Demand(ArrivalSchedule schedule, IntSupplier sizes) {}

  private record Due(long nanos, int size) {}

  /**
   * The longest time within which no more is due than there is room for.
   *
   * @param demands one for each thread
   * @param room in the unit of their sizes
   * @param wantedNanos the longest that is wanted
   */
  public static long nanos(List<Demand> demands, long room, long wantedNanos) {
    List<Due> all = new ArrayList<>();
    for (Demand demand : demands) {
      addUntilFull(demand, room, wantedNanos, all);
    }
    all.sort(Comparator.comparingLong(Due::nanos));
    long left = room;
    for (Due due : all) {
      left -= due.size();
      if (left < 0) {
        return due.nanos();
      }
    }
    return wantedNanos;
  }

  /** What is due within the time, to the first operation that one thread alone has no room for. */
  private static void addUntilFull(Demand demand, long room, long wantedNanos, List<Due> all) {
    long left = room;
    long nanos = demand.schedule().next();
    while (nanos < wantedNanos && left >= 0) {
      Due due = new Due(nanos, demand.sizes().getAsInt());
      all.add(due);
      left -= due.size();
      nanos = demand.schedule().next();
    }
  }
}
