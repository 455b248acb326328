package dev.diolab.benchmarks.verify.replay;

import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.script.Script;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failing case as it stands in a file: all that is needed to try it again, and to understand it.
 *
 * @param schema {@link #SCHEMA}
 * @param strategy locking strategy
 * @param policy conversion policy
 * @param claim what was broken, as {@code image} or {@code G1}
 * @param message what was wrong
 * @param script the workload, shrunk
 * @param events what happened in it, by begin
 * @param setupEnd tick at which the setup was durable
 * @param crash the crash; null when it went wrong without one
 */
public record SavedCase(
    int schema,
    String strategy,
    String policy,
    String claim,
    String message,
    Script script,
    List<Event> events,
    long setupEnd,
    @Nullable Crash crash) {
  /** The schema that this version reads and writes. */
  public static final int SCHEMA = 1;

  /** Copies the events. */
  public SavedCase {
    events = List.copyOf(events);
  }

  /**
   * How the machine stopped.
   *
   * @param tick what happened up to here, happened
   * @param reached the writes that no flush had made durable and that reached the medium, in order
   * @param lost those that did not
   * @param inRecovery whether a second crash hit the recovery from this one
   * @param image the image that was left: base 64 of a zlib stream
   */
  public record Crash(
      long tick, List<String> reached, List<String> lost, boolean inRecovery, String image) {
    /** Copies the lists. */
    public Crash {
      reached = List.copyOf(reached);
      lost = List.copyOf(lost);
    }
  }
}
