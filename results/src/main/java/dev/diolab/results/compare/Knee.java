package dev.diolab.results.compare;

import dev.diolab.results.compare.LoadSweep.Curve;
import dev.diolab.results.compare.LoadSweep.Point;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Where a strategy stops keeping up: the largest offered load of which it achieves at least {@link
 * #LEAST_ACHIEVED} while its p99 response is below {@link #P99_FACTOR} times that of the lowest
 * load. There is none in the range of loads where the largest of them is such a load, or none is.
 *
 * @param curve the strategy
 * @param largest the largest load that it carries; absent where it carries none
 * @param next the load after that; absent where there is none
 * @param missed smaller loads that it did not carry, as happens where rounds are few and scatter
 */
public record Knee(Curve curve, Optional<Point> largest, Optional<Point> next, List<Point> missed) {
  /** Share of the offered load that has to be achieved. */
  public static final double LEAST_ACHIEVED = 0.95;

  /** How many times the p99 response of the lowest load is too long. */
  public static final double P99_FACTOR = 10;

  /** Looks at all loads of a strategy. */
  public static Knee of(Curve curve) {
    List<Point> points = curve.points();
    int found = points.size() - 1;
    while (found >= 0 && !carries(points.get(found), points.getFirst())) {
      found--;
    }
    int after = found + 1;
    return new Knee(
        curve,
        found < 0 ? Optional.empty() : Optional.of(points.get(found)),
        after < points.size() ? Optional.of(points.get(after)) : Optional.empty(),
        points.subList(0, after).stream()
            .filter(point -> !carries(point, points.getFirst()))
            .toList());
  }

  private static boolean carries(Point point, Point lowest) {
    return point.achievedShare() >= LEAST_ACHIEVED
        && (point.equals(lowest)
            || point.response().p99Us() < P99_FACTOR * lowest.response().p99Us());
  }

  /** The knee; empty where it lies outside the range of loads. */
  public Optional<Point> point() {
    return next.isPresent() ? largest : Optional.empty();
  }

  /** What was found, as a sentence, and what speaks against it. */
  public String sentence() {
    return finding() + doubts();
  }

  private String finding() {
    if (largest.isEmpty()) {
      return "%s: no knee in the range, already of the lowest load, %s."
          .formatted(curve.label(), figures(curve.points().getFirst()));
    }
    String carried = figures(largest.get());
    return next.map(
            beyond ->
                "%s: the knee is at %s; of the next load, %s."
                    .formatted(curve.label(), carried, figures(beyond)))
        .orElse(
            "%s: no knee in the range, it still carries the largest load, %s."
                .formatted(curve.label(), carried));
  }

  private String doubts() {
    StringBuilder doubts = new StringBuilder();
    if (!missed.isEmpty()) {
      String percents =
          missed.stream()
              .map(point -> point.offered().percentOfCapacity() + " %")
              .collect(Collectors.joining(", "));
      doubts
          .append(" It did not carry smaller loads, ")
          .append(percents)
          .append(": measure again, with more rounds.");
    }
    if (curve.first().isThinBeyond(99)) {
      doubts.append(
          " The p99 of the lowest load, by which the others are judged, is that of fewer than ten"
              + " slower operations: measure longer.");
    }
    return doubts.toString();
  }

  private static String figures(Point point) {
    return "%s ops/s (%s %% of its capacity), it achieved %s with a p99 response of %s µs"
        .formatted(
            Numbers.count(point.offeredOpsPerSecond()),
            point.offered().percentOfCapacity(),
            Numbers.percent(point.achievedShare()),
            Numbers.micros(point.response().p99Us()));
  }
}
