package dev.diolab.results.compare;

import dev.diolab.results.run.Latency;
import dev.diolab.results.stats.PercentileBootstrap;
import dev.diolab.results.stats.Sample;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How long the operations of a cell took, by one clock: service or response time.
 *
 * @param all times of all rounds, in nanoseconds; read only
 * @param rounds what each round says by itself
 * @param logErrors standard error of the logarithm of each percentile of all rounds together;
 *     infinite where one round shows none
 */
public record Times(Histogram all, List<Round> rounds, Map<Percentile, Double> logErrors) {
  /** Copies list and map. */
  public Times {
    rounds = List.copyOf(rounds);
    logErrors = Map.copyOf(logErrors);
  }

  /** One round: how many operations it recorded, and their latency. */
  public record Round(long operations, Latency latency) {}

  /**
   * Takes from histograms what is needed.
   *
   * @param all the rounds together
   * @param rounds each of them
   */
  static Times of(Histogram all, List<Histogram> rounds) {
    PercentileBootstrap bootstrap = PercentileBootstrap.of(rounds);
    Map<Percentile, Double> logErrors = new EnumMap<>(Percentile.class);
    for (Percentile percentile : Percentile.values()) {
      logErrors.put(percentile, bootstrap.logError(percentile.percent()));
    }
    return new Times(
        all,
        rounds.stream().map(round -> new Round(round.getTotalCount(), Latency.of(round))).toList(),
        logErrors);
  }

  /**
   * A percentile in microseconds.
   *
   * @param stated what {@code run.json} says of all rounds together
   */
  Sample percentile(Percentile percentile, Latency stated) {
    return Sample.of(
        percentile.of(stated),
        rounds.stream().mapToDouble(round -> percentile.of(round.latency())).toArray(),
        logErrors.getOrDefault(percentile, Double.POSITIVE_INFINITY));
  }
}
