package dev.diolab.results.compare;

import dev.diolab.results.run.Cell;
import dev.diolab.results.run.CellKey;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a look-up takes in files of more and more extents: cells of {@link #WORKLOAD} that agree
 * in all but the number of extents. Immutable.
 */
public final class LookupCurve {
  /** The workload that looks mappings up; its variants are {@code <n> extents}. */
  public static final String WORKLOAD = "EXTENT-LOOKUP";

  private static final Pattern VARIANT = Pattern.compile("([1-9][0-9]{0,17}) extents");

  private final List<Point> points;

  /** A cell, and the number of extents that its file has, at least 1. */
  public record Point(long extents, Cell cell) {

    /** The median, in nanoseconds. */
    public long p50Nanos() {
      return Math.round(cell.latency().p50Us() * 1000);
    }

    /** The 99th percentile, in nanoseconds. */
    public long p99Nanos() {
      return Math.round(cell.latency().p99Us() * 1000);
    }
  }

  private LookupCurve(List<Point> points) {
    this.points = List.copyOf(points);
  }

  /**
   * The curve that lies in some cells. There is none with fewer than two numbers of extents, and
   * none where look-ups differ in more than that, e.g. in strategy or threads.
   */
  public static Optional<LookupCurve> of(Collection<Cell> cells) {
    List<Point> points = new ArrayList<>();
    for (Cell cell : cells) {
      extents(cell.key()).ifPresent(extents -> points.add(new Point(extents, cell)));
    }
    points.sort(Comparator.comparingLong(Point::extents));
    boolean isOneCurve =
        points.stream().map(point -> withoutVariant(point.cell().key())).distinct().count() == 1;
    return isOneCurve && points.size() > 1
        ? Optional.of(new LookupCurve(points))
        : Optional.empty();
  }

  /** The cells by ascending number of extents, at least two, no number twice. */
  public List<Point> points() {
    return points;
  }

  /** Whether this is one of the points. */
  public boolean includes(Subject subject) {
    return points.stream().anyMatch(point -> Subject.of(point.cell().key()).equals(subject));
  }

  /** What the ends of the curve show, as a sentence. */
  public String finding() {
    Point first = points.getFirst();
    Point last = points.getLast();
    return "From %s to %s extents the median of a look-up goes from %s ns to %s ns."
        .formatted(
            Numbers.count(first.extents()),
            Numbers.count(last.extents()),
            Numbers.count(first.p50Nanos()),
            Numbers.count(last.p50Nanos()));
  }

  private static OptionalLong extents(CellKey key) {
    Matcher variant = VARIANT.matcher(key.variant());
    return key.workload().equals(WORKLOAD) && variant.matches()
        ? OptionalLong.of(Long.parseLong(variant.group(1)))
        : OptionalLong.empty();
  }

  private static CellKey withoutVariant(CellKey key) {
    return new CellKey(
        key.workload(), "", key.strategy(), key.policy(), key.threads(), key.device());
  }
}
