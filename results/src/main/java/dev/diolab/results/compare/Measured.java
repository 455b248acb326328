package dev.diolab.results.compare;

import dev.diolab.results.run.Cell;
import dev.diolab.results.run.CellHistograms;
import dev.diolab.results.run.Latency;
import dev.diolab.results.run.Phase;
import dev.diolab.results.stats.PercentileBootstrap;
import dev.diolab.results.stats.Sample;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * A cell with what comparing and drawing needs of its histograms.
 *
 * @param total latencies of all operations of all rounds, in nanoseconds; read only
 * @param rounds what each round says by itself
 * @param logErrors standard error of the logarithm of each percentile of all rounds together;
 *     infinite where one round shows none
 */
public record Measured(
    Cell cell, Histogram total, List<Round> rounds, Map<Percentile, Double> logErrors) {
  /** Copies list and map. */
  public Measured {
    rounds = List.copyOf(rounds);
    logErrors = Map.copyOf(logErrors);
  }

  /** One round: how many operations it recorded, and their latency. */
  public record Round(long operations, Latency latency) {}

  /** Takes from a cell's histograms what is needed. */
  public static Measured of(Cell cell, CellHistograms histograms) {
    List<Histogram> rounds = histograms.rounds(Phase.TOTAL);
    PercentileBootstrap bootstrap = PercentileBootstrap.of(rounds);
    Map<Percentile, Double> logErrors = new EnumMap<>(Percentile.class);
    for (Percentile percentile : Percentile.values()) {
      logErrors.put(percentile, bootstrap.logError(percentile.percent()));
    }
    return new Measured(
        cell,
        histograms.all(Phase.TOTAL),
        rounds.stream().map(round -> new Round(round.getTotalCount(), Latency.of(round))).toList(),
        logErrors);
  }

  /** Operations a second. */
  public Sample throughput() {
    return Sample.of(
        cell.throughput().opsPerSecond(),
        cell.throughput().opsPerSecondByRound().stream()
            .mapToDouble(Double::doubleValue)
            .toArray());
  }

  /** A percentile of service time, in microseconds. */
  public Sample latency(Percentile percentile) {
    return Sample.of(
        percentile.of(cell.latency()),
        rounds.stream().mapToDouble(round -> percentile.of(round.latency())).toArray(),
        logErrors.getOrDefault(percentile, Double.POSITIVE_INFINITY));
  }

  /** Operations a second, from the slowest round to the fastest. */
  public Range throughputRange() {
    return Range.of(cell.throughput().opsPerSecondByRound());
  }

  /** Whether the strategy may be ranked: all but the ceiling. */
  public boolean isRanked() {
    return cell.promise().ranked();
  }

  /** The number of threads. */
  public int threads() {
    return cell.key().threads();
  }
}
