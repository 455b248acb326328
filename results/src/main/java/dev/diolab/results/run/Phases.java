package dev.diolab.results.run;

import java.util.function.Function;

/** Where the time of a cell's operations went. */
public record Phases(
    PhaseStats lockWait,
    PhaseStats mapping,
    PhaseStats device,
    PhaseStats conversion,
    PhaseStats journalWait,
    PhaseStats total) {

  /** Asks for each phase in turn. */
  public static Phases of(Function<Phase, PhaseStats> stats) {
    return new Phases(
        stats.apply(Phase.LOCK_WAIT),
        stats.apply(Phase.MAPPING),
        stats.apply(Phase.DEVICE),
        stats.apply(Phase.CONVERSION),
        stats.apply(Phase.JOURNAL_WAIT),
        stats.apply(Phase.TOTAL));
  }

  /**
   * The figures of one phase.
   *
   * @throws IllegalArgumentException for {@link Phase#SYNC} and {@link Phase#RESPONSE}, which are
   *     no phases of an operation
   */
  public PhaseStats get(Phase phase) {
    return switch (phase) {
      case LOCK_WAIT -> lockWait;
      case MAPPING -> mapping;
      case DEVICE -> device;
      case CONVERSION -> conversion;
      case JOURNAL_WAIT -> journalWait;
      case TOTAL -> total;
      case SYNC, RESPONSE ->
          throw new IllegalArgumentException(phase.title() + " is no phase of an operation");
    };
  }

  /** Mean time of an operation that no named phase accounts for, in microseconds, at least 0. */
  public double otherMeanUs() {
    double named = 0;
    for (Phase phase : Phase.PARTS) {
      named += get(phase).meanUs();
    }
    return Math.max(0, total.meanUs() - named);
  }
}
