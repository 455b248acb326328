package dev.diolab.results.compare;

import dev.diolab.results.run.Cell;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a buffered scan does to direct writes of the same file: the cells of {@link #WORKLOAD} of
 * one variant and number of writers, put together by strategy and policy. Immutable.
 */
public final class ScanEffect {
  /** The workload of direct writers beside a scanner; a variant ends in one of its parts. */
  public static final String WORKLOAD = "SCAN+PUNCH";

  private static final String SEPARATOR = ", ";
  private static final String BETWEEN = "between scans";
  private static final String IN_SCAN = "in scan";

  private final Subject subject;
  private final int threads;
  private final List<Row> rows;

  /**
   * One strategy and policy.
   *
   * @param between the writes while nobody scanned their file
   * @param inScan the writes during which their file was scanned
   * @param others the parts that ran beside the writes, by name
   */
  public record Row(Measured between, Measured inScan, Map<String, Cell> others) {
    /** Copies the map. */
    public Row {
      others = Map.copyOf(others);
    }

    /** What was measured of {@code part}, if it was. */
    public Optional<Cell> other(String part) {
      return Optional.ofNullable(others.get(part));
    }

    /** How many times as long the slowest hundredth takes at least while a scan is under way. */
    public double p99Ratio() {
      double between99 = between.cell().latency().p99Us();
      return between99 == 0 ? 0 : inScan.cell().latency().p99Us() / between99;
    }
  }

  private record Place(String base, String device, int threads) {}

  private ScanEffect(Place place, List<Row> rows) {
    this.subject = new Subject(WORKLOAD, place.base(), place.device());
    this.threads = place.threads();
    this.rows = List.copyOf(rows);
  }

  /**
   * The effects that lie in some cells, in their order; strategies that lack writes are left out.
   */
  public static List<ScanEffect> of(Collection<Measured> cells) {
    Map<Place, Map<String, Map<String, Measured>>> places = new LinkedHashMap<>();
    for (Measured measured : cells) {
      int cut = measured.cell().key().variant().lastIndexOf(SEPARATOR);
      if (measured.cell().key().workload().equals(WORKLOAD) && cut > 0) {
        places
            .computeIfAbsent(place(measured, cut), any -> new LinkedHashMap<>())
            .computeIfAbsent(contender(measured), any -> new LinkedHashMap<>())
            .put(part(measured, cut), measured);
      }
    }
    List<ScanEffect> effects = new ArrayList<>();
    places.forEach(
        (place, byContender) -> {
          List<Row> rows =
              byContender.values().stream().map(ScanEffect::row).flatMap(Optional::stream).toList();
          if (!rows.isEmpty()) {
            effects.add(new ScanEffect(place, rows));
          }
        });
    return effects;
  }

  /** Whether a comparison is of what ran beside the writes, which has no phases and no effects. */
  public static boolean isBesideTheWrites(Subject subject) {
    return subject.workload().equals(WORKLOAD)
        && !subject.variant().endsWith(SEPARATOR + BETWEEN)
        && !subject.variant().endsWith(SEPARATOR + IN_SCAN);
  }

  private static Place place(Measured measured, int cut) {
    return new Place(
        measured.cell().key().variant().substring(0, cut),
        measured.cell().key().device(),
        measured.threads());
  }

  private static String contender(Measured measured) {
    return measured.cell().key().strategy() + SEPARATOR + measured.cell().key().policy();
  }

  private static String part(Measured measured, int cut) {
    return measured.cell().key().variant().substring(cut + SEPARATOR.length());
  }

  private static Optional<Row> row(Map<String, Measured> byPart) {
    Measured between = byPart.get(BETWEEN);
    Measured inScan = byPart.get(IN_SCAN);
    if (between == null || inScan == null) {
      return Optional.empty();
    }
    Map<String, Cell> others = new LinkedHashMap<>();
    byPart.forEach((part, measured) -> others.put(part, measured.cell()));
    return Optional.of(new Row(between, inScan, others));
  }

  /** What is compared, without a part. */
  public Subject subject() {
    return subject;
  }

  /** Threads that wrote. */
  public int threads() {
    return threads;
  }

  /** The strategies and policies in the order of measuring; at least one. */
  public List<Row> rows() {
    return rows;
  }

  /** What a strategy is called here: with its policy where several compete. */
  public String label(Row row) {
    return Labels.of(rows.stream().map(each -> each.between().cell().key()).toList())
        .of(row.between().cell().key());
  }
}
