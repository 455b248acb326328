package dev.diolab.results.compare;

import dev.diolab.results.run.Cell;
import dev.diolab.results.run.CellHistograms;
import dev.diolab.results.run.Latency;
import dev.diolab.results.run.Phase;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A cell with what comparing and drawing needs of its histograms.
 *
 * @param total latencies of all operations of all rounds, in nanoseconds; read only
 * @param rounds what each round says by itself
 * @param response response times of all operations of all rounds, in nanoseconds; absent in a
 *     closed loop; read only
 */
public record Measured(
    Cell cell, Histogram total, List<Round> rounds, @Nullable Histogram response) {

  /** One round: how many operations it recorded, and their latency. */
  public record Round(long operations, Latency latency) {}

  /** Takes from a cell's histograms what is needed. */
  public static Measured of(Cell cell, CellHistograms histograms) {
    return new Measured(
        cell,
        histograms.all(Phase.TOTAL),
        histograms.rounds(Phase.TOTAL).stream()
            .map(round -> new Round(round.getTotalCount(), Latency.of(round)))
            .toList(),
        cell.openLoop() == null ? null : histograms.all(Phase.RESPONSE));
  }

  /** A cell of a closed loop. */
  public Measured(Cell cell, Histogram total, List<Round> rounds) {
    this(cell, total, rounds, null);
  }

  /** What an operation took for whoever asked for it: response time, in a closed loop service. */
  public Histogram latencies() {
    return response == null ? total : response;
  }

  /** Operations a second, from the slowest round to the fastest. */
  public Range throughputRange() {
    return Range.of(cell.throughput().opsPerSecondByRound());
  }

  /** The 99th percentile, from the best round to the worst, in microseconds. */
  public Range p99UsRange() {
    return Range.of(rounds.stream().map(round -> round.latency().p99Us()).toList());
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
