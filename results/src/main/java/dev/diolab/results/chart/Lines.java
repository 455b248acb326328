package dev.diolab.results.chart;

import java.util.ArrayList;
import java.util.List;

/** Collects points and lines for one series of XChart, which breaks its line where y is NaN. */
final class Lines {
  private final List<Double> xs = new ArrayList<>();
  private final List<Double> ys = new ArrayList<>();

  /** A line from one point to another. */
  void add(double fromX, double fromY, double toX, double toY) {
    append(fromX, fromY);
    append(toX, toY);
    append(toX, Double.NaN);
  }

  /** A single point. */
  void add(double x, double y) {
    append(x, y);
    append(x, Double.NaN);
  }

  /** XChart refuses a series without points; one that cannot be seen keeps it in the legend. */
  void addIfEmpty(double x) {
    if (xs.isEmpty()) {
      append(x, Double.NaN);
    }
  }

  double[] x() {
    return xs.stream().mapToDouble(Double::doubleValue).toArray();
  }

  double[] y() {
    return ys.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private void append(double x, double y) {
    xs.add(x);
    ys.add(y);
  }
}
