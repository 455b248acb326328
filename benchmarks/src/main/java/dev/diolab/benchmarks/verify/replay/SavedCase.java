package dev.diolab.benchmarks.verify.replay;

import dev.diolab.benchmarks.verify.history.Event;
import dev.diolab.benchmarks.verify.history.Words;
import dev.diolab.benchmarks.verify.script.Op;
import dev.diolab.benchmarks.verify.script.Script;
import java.util.List;
import java.util.Objects;
import java.util.Set;
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

  private static final Set<Integer> BLOCK_SIZES = Set.of(1024, 4096);
  private static final int MOST_ID = 0xF_FFFF;

  /** Copies the events. */
  public SavedCase {
    Objects.requireNonNull(strategy, "strategy");
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(claim, "claim");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(script, "script");
    events = List.copyOf(Objects.requireNonNull(events, "events"));
  }

  /**
   * Checks what a file that was changed by hand or cut off could have wrong.
   *
   * @throws IllegalArgumentException which says what it is
   */
  void check() {
    if (!BLOCK_SIZES.contains(script.blockSize()) || script.freeBlocks() < 0) {
      throw new IllegalArgumentException(
          "blocks of " + script.blockSize() + " bytes, " + script.freeBlocks() + " free ones");
    }
    script.setup().forEach(SavedCase::check);
    script.threads().forEach(thread -> thread.forEach(SavedCase::check));
    for (Event event : events) {
      if (event.op() == null || event.id() < 1 || event.id() > MOST_ID) {
        throw new IllegalArgumentException("event " + event.id() + " is none");
      }
      check(event.op());
    }
  }

  private static void check(Op op) {
    if (op.kind() == null
        || op.file() < 0
        || op.file() >= Script.FILES
        || op.offset() < 0
        || op.bytes() < 0
        || op.offset() > Script.MAX_FILE_BYTES - op.bytes()
        || op.bytes() > Script.MAX_FILE_BYTES
        || (op.offset() | op.bytes()) % Words.SECTOR != 0) {
      throw new IllegalArgumentException(
          "no script does " + op.bytes() + " bytes at " + op.offset());
    }
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
      Objects.requireNonNull(image, "image");
      reached = List.copyOf(reached);
      lost = List.copyOf(lost);
    }
  }
}
