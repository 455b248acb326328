package dev.diolab.engine.file;

/**
 * Splits the time of one request into phases: each {@link #lap} gives the time since the last one
 * to a phase.
 *
 * <p>Thread safety: none; one per request.
 */
@SuppressWarnings("EnumOrdinal") // an EnumMap of Long would box on every lap
final class PhaseClock {
  private final long[] nanos = new long[Phase.ALL.length];
  private long startedAt;
  private long lappedAt;

  void start() {
    for (int i = 0; i < nanos.length; i++) {
      nanos[i] = 0;
    }
    startedAt = System.nanoTime();
    lappedAt = startedAt;
  }

  void lap(Phase phase) {
    long now = System.nanoTime();
    nanos[phase.ordinal()] += now - lappedAt;
    lappedAt = now;
  }

  long nanos(Phase phase) {
    return nanos[phase.ordinal()];
  }

  long totalNanos() {
    return lappedAt - startedAt;
  }
}
