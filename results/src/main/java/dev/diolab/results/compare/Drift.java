package dev.diolab.results.compare;

import dev.diolab.results.run.Slices;
import dev.diolab.results.run.Slices.Slice;
import dev.diolab.results.stats.NoiseFloor;
import dev.diolab.results.stats.Trend;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * How a cell that had not settled still moved while it was measured. A change is one where the
 * trend of the measured slices is less likely than one in a hundred without one, and where half of
 * it, which is what a steady drift puts the mean away from its end, lies beyond the noise floor.
 *
 * @param throughput change from the first measured slice to the last, as a share; 0 for none
 * @param p99 the same of the 99th percentile
 */
public record Drift(double throughput, double p99) {
  private static final double SIGNIFICANT = 0.01;

  /** The drift of a cell; empty where it had settled, or where that is not known. */
  public static Optional<Drift> of(Measured measured) {
    Slices slices = measured.cell().slices();
    if (slices == null || slices.measured().size() < Trend.LEAST_VALUES) {
      return Optional.empty();
    }
    Drift drift =
        new Drift(
            change(slices, Slice::opsPerSecond, measured.floors().throughput()),
            change(slices, Slice::p99Us, measured.floors().latency(Percentile.P99)));
    return drift.throughput == 0 && drift.p99 == 0 ? Optional.empty() : Optional.of(drift);
  }

  private static double change(Slices slices, ToDoubleFunction<Slice> measure, NoiseFloor floor) {
    Trend trend = Trend.of(slices.measured().stream().mapToDouble(measure).toArray());
    boolean matters = !floor.orLarger(NoiseFloor.LEAST).hides(Math.sqrt(trend.ratio()));
    return matters && trend.chance() < SIGNIFICANT ? trend.ratio() - 1 : 0;
  }

  /** The changes, e.g. {@code throughput -12 %, p99 +30 %}. */
  public String title() {
    List<String> changes = new ArrayList<>();
    if (throughput != 0) {
      changes.add("throughput " + Numbers.change(throughput));
    }
    if (p99 != 0) {
      changes.add("p99 " + Numbers.change(p99));
    }
    return String.join(", ", changes);
  }
}
