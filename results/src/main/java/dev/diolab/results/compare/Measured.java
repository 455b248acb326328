package dev.diolab.results.compare;

import dev.diolab.results.run.Cell;
import dev.diolab.results.run.CellHistograms;
import dev.diolab.results.run.OpenLoop;
import dev.diolab.results.run.Phase;
import dev.diolab.results.stats.Sample;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A cell with what comparing and drawing needs of its histograms.
 *
 * @param service service times
 * @param response response times; absent in a closed loop
 * @param floors how far equals come apart in its workload
 */
public record Measured(Cell cell, Times service, @Nullable Times response, Floors floors) {

  /** A cell of a workload in which no equals were measured. */
  public Measured(Cell cell, Times service, @Nullable Times response) {
    this(cell, service, response, Floors.UNKNOWN);
  }

  /** Takes from a cell's histograms what is needed. */
  public static Measured of(Cell cell, CellHistograms histograms) {
    return new Measured(
        cell,
        times(histograms, Phase.TOTAL),
        cell.openLoop() == null ? null : times(histograms, Phase.RESPONSE));
  }

  /** The same in a workload where equals come apart so far. */
  Measured with(Floors measured) {
    return new Measured(cell, service, response, measured);
  }

  private static Times times(CellHistograms histograms, Phase phase) {
    return Times.of(histograms.all(phase), histograms.rounds(phase));
  }

  /** Operations a second. */
  public Sample throughput() {
    return Sample.of(
            cell.throughput().opsPerSecond(),
            cell.throughput().opsPerSecondByRound().stream()
                .mapToDouble(Double::doubleValue)
                .toArray())
        .with(floors.throughput());
  }

  /** What an operation took for whoever asked for it: response time, in a closed loop service. */
  public Histogram latencies() {
    return response == null ? service.all() : response.all();
  }

  /** A percentile of {@link #latencies}, in microseconds. */
  public Sample latency(Percentile percentile) {
    OpenLoop openLoop = cell.openLoop();
    Sample sample =
        response == null || openLoop == null
            ? service.percentile(percentile, cell.latency())
            : response.percentile(percentile, openLoop.response());
    return sample.with(floors.latency(percentile));
  }

  /** What each round says of service times. */
  public List<Times.Round> rounds() {
    return service.rounds();
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
