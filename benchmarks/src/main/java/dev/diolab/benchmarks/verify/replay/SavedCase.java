package dev.diolab.benchmarks.verify.replay;

import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.results.run.Require;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A failing case as it stands in a file: all that is needed to try it again, and to understand it.
 * The schema is documented in {@code benchmarks/docs/verify-case.md}; a component that is not
 * {@code @Nullable} is a mandatory field.
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

  /** Refuses another schema and a claim that there is not, and copies the events. */
  public SavedCase {
    Require.that(
        schema == SCHEMA, "schema is %d, but this diolab replays %d of a case", schema, SCHEMA);
    Require.that(
        Arrays.stream(Claim.values()).map(Claim::label).anyMatch(claim::equals),
        "claim is \"%s\", which nothing promises",
        claim);
    events = Require.list("events", events);
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
      reached = Require.list("reached", reached);
      lost = Require.list("lost", lost);
    }
  }
}
