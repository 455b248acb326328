package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.record.PhaseRecorder;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * What one thread of SCAN+PUNCH recorded of each part.
 *
 * <p>Thread safety: as {@link PhaseRecorder}.
 */
final class ScanRecorders {
  private final Map<ScanPart, PhaseRecorder> byPart = new EnumMap<>(ScanPart.class);

  ScanRecorders() {
    for (ScanPart part : ScanPart.values()) {
      byPart.put(part, new PhaseRecorder());
    }
  }

  PhaseRecorder of(ScanPart part) {
    return Objects.requireNonNull(byPart.get(part));
  }

  /** Adds what {@code other} recorded; its thread has stopped. */
  void add(ScanRecorders other) {
    for (ScanPart part : ScanPart.values()) {
      of(part).add(other.of(part));
    }
  }
}
