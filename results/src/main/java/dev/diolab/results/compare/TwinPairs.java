package dev.diolab.results.compare;

import dev.diolab.results.run.CellKey;
import dev.diolab.results.stats.NoiseFloor;
import dev.diolab.results.stats.Sample;
import dev.diolab.results.stats.Twins;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Cells of a run with their twins, which were measured under the same key in turn with all others,
 * and the noise floors that follow for each workload. A twin is never compared with anything but
 * its cell. Immutable.
 */
public final class TwinPairs {
  private final Map<String, List<Pair>> byWorkload;
  private final Map<String, Floors> floors = new HashMap<>();

  /** A cell and its twin. */
  public record Pair(Measured cell, Measured twin) {
    private Twins twins(Function<Measured, Sample> measure) {
      return new Twins(measure.apply(cell), measure.apply(twin));
    }
  }

  private TwinPairs(Map<String, List<Pair>> byWorkload) {
    this.byWorkload = byWorkload;
    byWorkload.forEach((workload, pairs) -> floors.put(workload, floors(pairs)));
  }

  /** Finds the cell of each twin. */
  public static TwinPairs of(Collection<Measured> cells, Collection<Measured> twins) {
    Map<CellKey, Measured> byKey = new HashMap<>();
    cells.forEach(measured -> byKey.put(measured.cell().key(), measured));
    Map<String, List<Pair>> byWorkload = new LinkedHashMap<>();
    for (Measured twin : twins) {
      Measured cell = byKey.get(twin.cell().key());
      if (cell == null) {
        throw new IllegalArgumentException("no cell has the key of a twin: " + twin.cell().key());
      }
      byWorkload
          .computeIfAbsent(cell.cell().key().workload(), any -> new ArrayList<>())
          .add(new Pair(cell, twin));
    }
    return new TwinPairs(byWorkload);
  }

  private static Floors floors(List<Pair> pairs) {
    Map<Percentile, NoiseFloor> latencies = new EnumMap<>(Percentile.class);
    for (Percentile percentile : Percentile.values()) {
      latencies.put(percentile, floor(pairs, measured -> measured.latency(percentile)));
    }
    return new Floors(floor(pairs, Measured::throughput), latencies);
  }

  private static NoiseFloor floor(List<Pair> pairs, Function<Measured, Sample> measure) {
    return NoiseFloor.ofTwins(pairs.stream().map(pair -> pair.twins(measure)).toList());
  }

  /** The workloads that have twins, in the order of the run. */
  public List<String> workloads() {
    return List.copyOf(byWorkload.keySet());
  }

  /** The pairs of a workload; none where it has no twins. */
  public List<Pair> pairs(String workload) {
    return List.copyOf(byWorkload.getOrDefault(workload, List.of()));
  }

  /** How far equals come apart in a workload; {@link Floors#UNKNOWN} where it has no twins. */
  public Floors floors(String workload) {
    return floors.getOrDefault(workload, Floors.UNKNOWN);
  }

  /** The same cells, each with the floors of its workload. */
  public List<Measured> withFloors(Collection<Measured> cells) {
    return cells.stream()
        .map(measured -> measured.with(floors(measured.cell().key().workload())))
        .toList();
  }
}
