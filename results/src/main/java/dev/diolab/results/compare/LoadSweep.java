package dev.diolab.results.compare;

import dev.diolab.results.run.Cell;
import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.Latency;
import dev.diolab.results.run.Offered;
import dev.diolab.results.run.OpenLoop;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What each strategy does under more and more load: the cells of one workload, variant and number
 * of threads whose rates are shares of what their strategy did in a closed loop. Immutable.
 */
public final class LoadSweep {
  private final Subject subject;
  private final int threads;
  private final String arrivals;
  private final List<Curve> curves;

  /**
   * One strategy under one load.
   *
   * @param cell the cell
   * @param offered its load, a share of what its strategy did in a closed loop
   * @param openLoop what came of that
   */
  public record Point(Cell cell, Offered offered, OpenLoop openLoop) {

    /** Operations a second that arrived. */
    public double offeredOpsPerSecond() {
      return offered.opsPerSecond();
    }

    /** Operations a second that were done. */
    public double achievedOpsPerSecond() {
      return cell.throughput().opsPerSecond();
    }

    /** What was done of what arrived. */
    public double achievedShare() {
      return achievedOpsPerSecond() / openLoop.arrivedOpsPerSecond();
    }

    /** Response time of what was sent. */
    public Latency response() {
      return openLoop.response();
    }
  }

  /**
   * One strategy and policy.
   *
   * @param label what it is called here: with its policy where several compete
   * @param points by ascending load, at least one
   */
  public record Curve(String label, List<Point> points) {
    /** Copies the list. */
    public Curve {
      points = List.copyOf(points);
    }

    /** The cell under the lowest load, for what all cells share. */
    public Cell first() {
      return points.getFirst().cell();
    }
  }

  private record Place(Subject subject, int threads, String arrivals) {}

  private LoadSweep(Place place, List<Curve> curves) {
    this.subject = place.subject();
    this.threads = place.threads();
    this.arrivals = place.arrivals();
    this.curves = List.copyOf(curves);
  }

  /** The sweeps that lie in some cells, in their order. */
  public static List<LoadSweep> of(Collection<Cell> cells) {
    Map<Place, List<Point>> places = new LinkedHashMap<>();
    for (Cell cell : cells) {
      point(cell)
          .ifPresent(
              point -> places.computeIfAbsent(place(point), any -> new ArrayList<>()).add(point));
    }
    List<LoadSweep> sweeps = new ArrayList<>();
    places.forEach((place, points) -> sweeps.add(new LoadSweep(place, curves(points))));
    return sweeps;
  }

  private static Optional<Point> point(Cell cell) {
    Offered offered = cell.key().offered();
    OpenLoop openLoop = cell.openLoop();
    return offered == null || openLoop == null || !offered.isOfSweep()
        ? Optional.empty()
        : Optional.of(new Point(cell, offered, openLoop));
  }

  private static Place place(Point point) {
    CellKey key = point.cell().key();
    return new Place(
        new Subject(key.workload(), key.variant(), key.device()),
        key.threads(),
        point.offered().arrivals());
  }

  private static List<Curve> curves(List<Point> points) {
    Labels labels = Labels.of(points.stream().map(point -> point.cell().key()).toList());
    Map<String, List<Point>> byLabel = new LinkedHashMap<>();
    for (Point point : points) {
      byLabel.computeIfAbsent(labels.of(point.cell().key()), any -> new ArrayList<>()).add(point);
    }
    List<Curve> curves = new ArrayList<>();
    byLabel.forEach(
        (label, own) -> {
          own.sort(Comparator.comparingDouble(Point::offeredOpsPerSecond));
          curves.add(new Curve(label, own));
        });
    return curves;
  }

  /** What is compared, without the load. */
  public Subject subject() {
    return subject;
  }

  /** Threads that sent. */
  public int threads() {
    return threads;
  }

  /** How operations arrived. */
  public String arrivals() {
    return arrivals;
  }

  /** The strategies and policies in the order of measuring; at least one. */
  public List<Curve> curves() {
    return curves;
  }

  /** Subject, threads and arrivals. */
  public String title() {
    return "%s, %d %s, %s arrivals"
        .formatted(subject.title(), threads, threads == 1 ? "thread" : "threads", arrivals);
  }
}
