package dev.diolab.benchmarks.kernel;

import dev.diolab.benchmarks.record.PhaseRecorder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.statistics.descriptive.Median;

/**
 * What one target reached in each cell and round.
 *
 * <p>Thread safety: none.
 */
public final class TargetFills {
  private final String name;
  private final Map<FillCell, List<Double>> rates = new HashMap<>();
  private final Map<FillCell, PhaseRecorder> phases = new HashMap<>();

  /** Nothing yet of {@code name}. */
  TargetFills(String name) {
    this.name = name;
  }

  /** The target's name. */
  public String name() {
    return name;
  }

  /** Adds the next round of {@code cell}. */
  void add(FillCell cell, Fill.Result result) {
    rates.computeIfAbsent(cell, any -> new ArrayList<>()).add(result.opsPerSecond());
    phases.computeIfAbsent(cell, any -> new PhaseRecorder()).add(result.recorder());
  }

  /** Writes a second in {@code cell}: the median of the rounds. */
  public double opsPerSecond(FillCell cell) {
    return median(of(cell));
  }

  /** How long the writes of all rounds took. */
  public PhaseRecorder phases(FillCell cell) {
    PhaseRecorder recorded = phases.get(cell);
    if (recorded == null) {
      throw new IllegalArgumentException("not measured: " + cell);
    }
    return recorded;
  }

  /** The ratio in each round: both cells of a round were measured within minutes. */
  public List<Double> ratios(FillRatio ratio) {
    List<Double> over = of(ratio.over());
    List<Double> under = of(ratio.under());
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < over.size(); round++) {
      ratios.add(over.get(round) / under.get(round));
    }
    return ratios;
  }

  /** The median of {@link #ratios}. */
  public double ratio(FillRatio ratio) {
    return median(ratios(ratio));
  }

  private List<Double> of(FillCell cell) {
    List<Double> measured = rates.get(cell);
    if (measured == null) {
      throw new IllegalArgumentException("not measured: " + cell);
    }
    return measured;
  }

  private static double median(List<Double> values) {
    return Median.withDefaults()
        .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
