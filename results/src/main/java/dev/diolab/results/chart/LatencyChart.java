package dev.diolab.results.chart;

import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.run.Micros;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;

/**
 * Latency by percentile. The horizontal axis is 1 / (1 - p) on a log scale, so that each further
 * nine has as much room as the one before it. A line ends where fewer than ten operations lie
 * beyond, because from there on single operations would make its shape.
 */
final class LatencyChart {
  private static final String QUESTION = "How long does one operation take, up to the tail?";

  /** The first percentile shown, 10; below it the luckiest operations would stretch the scale. */
  private static final double FIRST = 1 / 0.9;

  /** The last percentile shown, 99.99, in powers of ten of 1 / (1 - p). */
  private static final double LAST_DECADE = 4;

  private static final int POINTS_PER_DECADE = 40;
  private static final double FEWEST_BEYOND = 10;

  /** Where a marker stands and the axis has a label: the percentile of 1 / (1 - p). */
  private static final NavigableMap<Double, String> NAMED =
      new TreeMap<>(Map.of(2.0, "50", 1e1, "90", 1e2, "99", 1e3, "99.9", 1e4, "99.99"));

  private static final double RESOLUTION_US = 0.001;

  private final Comparison comparison;
  private final List<Measured> members;
  private final Palette palette;
  private double least = Double.MAX_VALUE;
  private double most = RESOLUTION_US;

  /** The points of a line that change its shape. */
  private static final class Curve {
    private final double[] x;
    private final double[] y;

    Curve(double[] x, double[] y) {
      this.x = x;
      this.y = y;
    }
  }

  private LatencyChart(Comparison comparison, int threads, Palette palette) {
    this.comparison = comparison;
    this.members = comparison.at(threads);
    this.palette = palette;
  }

  static Drawing draw(Comparison comparison, int threads, Palette palette, ChartNames names) {
    return new Drawing(
        "latency-%s-%dt".formatted(names.of(comparison.subject()), threads),
        QUESTION,
        "%s, %s".formatted(comparison.subject().title(), Style.threads(threads)),
        "a line ends where fewer than ten operations are slower",
        new LatencyChart(comparison, threads, palette).chart());
  }

  private XYChart chart() {
    XYChart chart =
        new XYChartBuilder()
            .width(Style.WIDTH)
            .height(Style.HEIGHT)
            .xAxisTitle("operations that are at least as fast, % (scale widens towards 100)")
            .yAxisTitle(
                (comparison.isOpenLoop() ? "response" : "service") + " time, µs (log scale)")
            .build();
    Style.apply(chart.getStyler());
    List<Curve> curves = members.stream().map(measured -> curve(measured.latencies())).toList();
    curves.forEach(curve -> extendTo(curve.y));
    axes(chart);
    for (int i = 0; i < members.size(); i++) {
      add(chart, members.get(i), curves.get(i));
    }
    members.forEach(measured -> markers(chart, measured));
    return chart;
  }

  private void extendTo(double[] values) {
    for (double value : values) {
      least = Math.min(least, value);
      most = Math.max(most, value);
    }
  }

  private void axes(XYChart chart) {
    double bottom = LogAxis.roundDown(least);
    double top = LogAxis.roundUp(most);
    double right = Math.pow(10, LAST_DECADE);
    chart
        .getStyler()
        .setXAxisLogarithmic(true)
        .setXAxisLogarithmicDecadeOnly(false)
        .setXAxisMin(FIRST)
        .setXAxisMax(right)
        .setXAxisTickLabelsFormattingFunction(LatencyChart::percentileLabel)
        .setYAxisLogarithmic(true)
        .setYAxisLogarithmicDecadeOnly(false)
        .setYAxisMin(bottom)
        .setYAxisMax(top)
        .setYAxisTickLabelsFormattingFunction(
            value -> LogAxis.isLabelled(value) ? Style.axisLabel(value) : "")
        .setPlotGridLinesVisible(false)
        .setPlotContentSize(0.97);
    Lines lines = new Lines();
    LogAxis.labelled(bottom, top).forEach(y -> lines.add(FIRST, y, right, y));
    NAMED.keySet().forEach(x -> lines.add(x, bottom, x, top));
    Style.grid(chart, lines.x(), lines.y());
  }

  private void add(XYChart chart, Measured measured, Curve curve) {
    Palette.Look look = palette.look(measured.cell().key());
    XYSeries series = chart.addSeries(comparison.label(measured) + " curve", curve.x, curve.y);
    Style.hidden(series);
    series.setLineColor(look.color());
    series.setLineStyle(look.stroke());
    // XChart draws only smooth series as one path, and only one path has even dashes.
    series.setSmooth(true);
  }

  /** Markers at the named percentiles; they stand for the curve in the legend. */
  private void markers(XYChart chart, Measured measured) {
    Lines points = new Lines();
    double last = lastX(measured.latencies());
    for (double x : NAMED.keySet()) {
      if (x <= last) {
        points.add(x, valueAt(measured.latencies(), x));
      }
    }
    points.addIfEmpty(FIRST);
    Palette.Look look = palette.look(measured.cell().key());
    XYSeries series = chart.addSeries(Style.legend(comparison, measured), points.x(), points.y());
    series.setLineColor(look.color());
    series.setLineStyle(look.stroke());
    series.setMarker(look.marker());
    series.setMarkerColor(look.color());
  }

  private static Curve curve(Histogram total) {
    int points = 1 + (int) Math.floor(Math.log10(lastX(total) / FIRST) * POINTS_PER_DECADE);
    double[] x = new double[points];
    Arrays.setAll(x, i -> FIRST * Math.pow(10, (double) i / POINTS_PER_DECADE));
    double[] y =
        Arrays.stream(
                Micros.percentiles(total, Arrays.stream(x).map(LatencyChart::percent).toArray()))
            .map(LatencyChart::visible)
            .toArray();
    int[] bends =
        IntStream.range(0, points)
            .filter(i -> i == 0 || i == points - 1 || y[i] != y[i - 1] || y[i] != y[i + 1])
            .toArray();
    return new Curve(
        Arrays.stream(bends).mapToDouble(i -> x[i]).toArray(),
        Arrays.stream(bends).mapToDouble(i -> y[i]).toArray());
  }

  private static double valueAt(Histogram total, double x) {
    return visible(Micros.percentile(total, percent(x)));
  }

  private static double percent(double x) {
    return 100 * (1 - 1 / x);
  }

  /** A log scale has no zero. */
  private static double visible(double micros) {
    return Math.max(RESOLUTION_US, micros);
  }

  private static double lastX(Histogram total) {
    double enough = total.getTotalCount() / FEWEST_BEYOND;
    return Math.max(FIRST, Math.min(enough, Math.pow(10, LAST_DECADE)));
  }

  private static String percentileLabel(double x) {
    Map.Entry<Double, String> named = NAMED.floorEntry(x * (1 + 1e-6));
    return named != null && named.getKey() > x * (1 - 1e-6) ? named.getValue() : "";
  }
}
