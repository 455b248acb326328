package dev.diolab.results.across;

import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.Percentile;
import dev.diolab.results.run.RunDirectory;
import dev.diolab.results.stats.Contrast;
import dev.diolab.results.stats.Holm;
import dev.diolab.results.stats.NoiseFloor;
import dev.diolab.results.stats.Sample;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Several runs side by side: every cell that at least two of them have, each compared with the
 * first of the runs that has it. Where one run repeats another, the noise floor is measured from
 * that pair and holds for all; the rounds of one run do not show what moves between runs.
 * Immutable.
 */
public final class SideBySide {
  private final List<Side> sides;
  private final List<Place> places;
  private final List<Repeat> repeats;
  private final NoiseFloor throughputFloor;
  private final NoiseFloor p99Floor;
  private final List<Delta> deltas;

  /** Two runs of the same code with the same settings. */
  public record Repeat(Side one, Side other) {}

  private SideBySide(List<Side> sides) {
    this.sides = List.copyOf(sides);
    this.places = shared(sides);
    this.repeats = repeats(sides);
    this.throughputFloor = floor(Measured::throughput);
    this.p99Floor = floor(SideBySide::p99);
    this.deltas = compared();
  }

  /**
   * Reads the runs.
   *
   * @param directories at least two
   * @throws dev.diolab.results.run.RunFormatException if a run is damaged or cannot be laid beside
   *     another
   */
  public static SideBySide of(List<RunDirectory> directories) throws IOException {
    if (directories.size() < 2) {
      throw new IllegalArgumentException("one run has nothing to be laid beside");
    }
    List<Side> sides = new ArrayList<>();
    for (RunDirectory directory : directories) {
      sides.add(Side.read(sides.size(), directory));
    }
    return new SideBySide(sides);
  }

  private static List<Place> shared(List<Side> sides) {
    Set<Place> all = new LinkedHashSet<>();
    sides.forEach(side -> all.addAll(side.cells().keySet()));
    return all.stream()
        .filter(place -> sides.stream().filter(side -> side.at(place).isPresent()).count() > 1)
        .toList();
  }

  private static List<Repeat> repeats(List<Side> sides) {
    List<Repeat> repeats = new ArrayList<>();
    for (int i = 0; i < sides.size(); i++) {
      for (Side other : sides.subList(i + 1, sides.size())) {
        if (Settings.areRepeats(sides.get(i), other)) {
          repeats.add(new Repeat(sides.get(i), other));
        }
      }
    }
    return List.copyOf(repeats);
  }

  private static Sample p99(Measured measured) {
    return measured.latency(Percentile.P99);
  }

  private NoiseFloor floor(Function<Measured, Sample> measure) {
    return NoiseFloor.of(
        repeats.stream()
            .flatMap(repeat -> ratios(repeat, measure))
            .mapToDouble(Double::doubleValue)
            .filter(ratio -> ratio > 0 && Double.isFinite(ratio))
            .toArray());
  }

  private Stream<Double> ratios(Repeat repeat, Function<Measured, Sample> measure) {
    return places.stream()
        .filter(place -> repeat.one().at(place).isPresent())
        .filter(place -> repeat.other().at(place).isPresent())
        .map(
            place ->
                measure.apply(repeat.other().at(place).orElseThrow()).value()
                    / measure.apply(repeat.one().at(place).orElseThrow()).value());
  }

  private List<Delta> compared() {
    List<Delta> all = new ArrayList<>();
    for (Place place : places) {
      List<Side> having = sides.stream().filter(side -> side.at(place).isPresent()).toList();
      for (Side side : having.subList(1, having.size())) {
        all.add(compared(place, side, having.getFirst()));
      }
    }
    return List.copyOf(all);
  }

  private Delta compared(Place place, Side side, Side base) {
    Measured one = side.at(place).orElseThrow();
    Measured other = base.at(place).orElseThrow();
    return new Delta(
        place,
        side,
        base,
        Contrast.of(one.throughput(), other.throughput(), throughputFloor),
        Contrast.of(p99(one), p99(other), p99Floor));
  }

  /** The runs, in the order in which they were named. */
  public List<Side> sides() {
    return sides;
  }

  /** What at least two runs measured, in the order of the first. */
  public List<Place> places() {
    return places;
  }

  /** All comparisons, by place and then by run. */
  public List<Delta> deltas() {
    return deltas;
  }

  /** The comparisons of one run. */
  public List<Delta> deltas(Side side) {
    return deltas.stream().filter(delta -> delta.side().equals(side)).toList();
  }

  /** The comparison of one run at one place, if there is one. */
  public Optional<Delta> delta(Place place, Side side) {
    return deltas.stream()
        .filter(delta -> delta.place().equals(place) && delta.side().equals(side))
        .findFirst();
  }

  /** The pairs of runs that the noise floors were measured from. */
  public List<Repeat> repeats() {
    return repeats;
  }

  /** The noise floor of throughput. */
  public NoiseFloor throughputFloor() {
    return throughputFloor;
  }

  /** The noise floor of the 99th percentile. */
  public NoiseFloor p99Floor() {
    return p99Floor;
  }

  /** In what the runs differ besides their figures, one sentence each. */
  public List<String> differences() {
    return Settings.differences(sides);
  }

  /**
   * The comparisons whose throughput is told apart even when chance over all comparisons is allowed
   * for, so that runs that are in truth equal have any of them in one case of twenty.
   */
  public List<Delta> standing() {
    boolean[] stand =
        Holm.stand(deltas.stream().mapToDouble(delta -> delta.throughput().chance()).toArray());
    List<Delta> standing = new ArrayList<>();
    for (int i = 0; i < stand.length; i++) {
      if (stand[i] && !deltas.get(i).throughput().isTie()) {
        standing.add(deltas.get(i));
      }
    }
    return List.copyOf(standing);
  }
}
