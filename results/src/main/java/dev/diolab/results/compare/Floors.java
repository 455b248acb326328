package dev.diolab.results.compare;

import dev.diolab.results.stats.NoiseFloor;
import java.util.Map;

/**
 * How far equals come apart in one workload of a run.
 *
 * @param throughput in operations a second
 * @param latencies in percentiles of the latency; those that are missing are not known
 */
public record Floors(NoiseFloor throughput, Map<Percentile, NoiseFloor> latencies) {
  /** Where no equals were measured. */
  public static final Floors UNKNOWN = new Floors(NoiseFloor.NONE, Map.of());

  /** Copies the map. */
  public Floors {
    latencies = Map.copyOf(latencies);
  }

  /** In one percentile of the latency. */
  public NoiseFloor latency(Percentile percentile) {
    return latencies.getOrDefault(percentile, NoiseFloor.NONE);
  }
}
