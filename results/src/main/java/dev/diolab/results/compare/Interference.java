package dev.diolab.results.compare;

import dev.diolab.results.stats.Contrast;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one kind of request does to another on the same file: the cells of {@link #WORKLOAD} of one
 * device and number of threads, as a matrix of what was measured and what ran beside it. Immutable.
 */
public final class Interference {
  /** The workload whose variants are {@code MEASURED beside OTHER}. */
  public static final String WORKLOAD = "INTERFERENCE";

  private static final String BESIDE = " beside ";
  private static final String NOBODY = "nobody";

  private final Place place;
  private final List<String> columns;
  private final List<Row> rows;

  /**
   * One kind of request under one strategy and policy.
   *
   * @param measured the kind
   * @param alone the cell in which nobody else was at work
   * @param beside the others, by what ran beside them
   */
  public record Row(String measured, Measured alone, Map<String, Measured> beside) {
    /** Copies the map. */
    public Row {
      beside = Map.copyOf(beside);
    }

    /** What is left of the throughput, as a share of that beside nobody; empty if not measured. */
    public Optional<Contrast> share(String kind) {
      return Optional.ofNullable(beside.get(kind))
          .map(cell -> Contrast.of(cell.throughput(), alone.throughput()));
    }

    /** How many times as long the slowest hundredth takes at least; empty if not measured. */
    public Optional<Contrast> p99Ratio(String kind) {
      return Optional.ofNullable(beside.get(kind))
          .map(cell -> Contrast.of(cell.latency(Percentile.P99), alone.latency(Percentile.P99)));
    }
  }

  private record Place(String device, int threads) {}

  private record Line(String measured, String strategy, String policy) {}

  private Interference(Place place, List<String> columns, List<Row> rows) {
    this.place = place;
    this.columns = List.copyOf(columns);
    this.rows = List.copyOf(rows);
  }

  /** The matrices in some cells; a kind that was not measured beside nobody is left out. */
  public static List<Interference> of(Collection<Measured> cells) {
    Map<Place, Map<Line, Map<String, Measured>>> places = new LinkedHashMap<>();
    for (Measured measured : cells) {
      String[] kinds = measured.cell().key().variant().split(BESIDE, -1);
      if (measured.cell().key().workload().equals(WORKLOAD) && kinds.length == 2) {
        places
            .computeIfAbsent(
                new Place(measured.cell().key().device(), measured.threads()),
                any -> new LinkedHashMap<>())
            .computeIfAbsent(line(kinds[0], measured), any -> new LinkedHashMap<>())
            .put(kinds[1], measured);
      }
    }
    List<Interference> matrices = new ArrayList<>();
    places.forEach((place, lines) -> matrix(place, lines).ifPresent(matrices::add));
    return matrices;
  }

  private static Line line(String kind, Measured measured) {
    return new Line(kind, measured.cell().key().strategy(), measured.cell().key().policy());
  }

  private static Optional<Interference> matrix(
      Place place, Map<Line, Map<String, Measured>> lines) {
    Set<String> columns = new LinkedHashSet<>();
    List<Row> rows = new ArrayList<>();
    Set<String> kinds = new LinkedHashSet<>();
    lines.keySet().forEach(line -> kinds.add(line.measured()));
    for (String kind : kinds) {
      lines.forEach(
          (line, byKind) -> {
            Measured alone = byKind.get(NOBODY);
            if (line.measured().equals(kind) && alone != null) {
              Map<String, Measured> beside = new LinkedHashMap<>(byKind);
              beside.remove(NOBODY);
              columns.addAll(beside.keySet());
              rows.add(new Row(kind, alone, beside));
            }
          });
    }
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(new Interference(place, List.copyOf(columns), rows));
  }

  /** What is compared: the workload on its device. */
  public Subject subject() {
    return new Subject(WORKLOAD, "", place.device());
  }

  /** Threads in all; half of them were measured. */
  public int threads() {
    return place.threads();
  }

  /** What ran beside something, in the order of measuring. */
  public List<String> columns() {
    return columns;
  }

  /** Kind by kind, and for each the strategies in the order of measuring. */
  public List<Row> rows() {
    return rows;
  }

  /**
   * The ranked row and the column in which most was lost, with that share; empty where no loss is
   * told apart from none.
   */
  public Optional<Worst> worst() {
    return rows.stream()
        .filter(row -> row.alone().isRanked())
        .flatMap(this::losses)
        .min(Comparator.comparingDouble(worst -> worst.share().ratio()));
  }

  private Stream<Worst> losses(Row row) {
    return columns.stream()
        .flatMap(column -> row.share(column).map(share -> new Worst(row, column, share)).stream())
        .filter(worst -> worst.share().isLower());
  }

  /**
   * The most starved.
   *
   * @param row what was measured
   * @param beside what ran beside it
   * @param share what was left of its throughput
   */
  public record Worst(Row row, String beside, Contrast share) {}
}
