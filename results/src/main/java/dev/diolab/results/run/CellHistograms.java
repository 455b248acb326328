package dev.diolab.results.run;

import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The histograms of one cell, in nanoseconds. */
public final class CellHistograms {
  private final Map<Phase, List<Histogram>> byPhase;

  CellHistograms(Map<Phase, List<Histogram>> byPhase) {
    this.byPhase = byPhase;
  }

  /** The rounds of a phase in the order of measuring; none if the phase was not recorded. */
  public List<Histogram> rounds(Phase phase) {
    return byPhase.getOrDefault(phase, List.of());
  }

  /** All rounds of a phase together; an empty histogram if the phase was not recorded. */
  public Histogram all(Phase phase) {
    Histogram sum = new Histogram(3);
    rounds(phase).forEach(sum::add);
    return sum;
  }
}
