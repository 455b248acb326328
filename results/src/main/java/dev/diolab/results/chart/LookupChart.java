package dev.diolab.results.chart;

import dev.diolab.results.compare.LookupCurve;
import dev.diolab.results.compare.LookupCurve.Point;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.compare.Subject;
import dev.diolab.results.run.CellKey;
import java.awt.BasicStroke;
import java.awt.Color;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Latency of a look-up over the number of extents. With the extents on a log scale and the latency
 * on a linear one from 0, a logarithm is a straight line.
 */
final class LookupChart {
  private static final BasicStroke LINE =
      new BasicStroke(2.6f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  /** Room beside the fewest and the most extents, in decades. */
  private static final double MARGIN = 0.2;

  private static final double HEADROOM = 1.08;

  /** Pixels that the plot is about wide, of which the ticks get equal parts. */
  private static final int PLOT_WIDTH = 850;

  private LookupChart() {}

  static Drawing draw(LookupCurve curve) {
    XYChart chart =
        new XYChartBuilder()
            .width(Style.WIDTH)
            .height(Style.HEIGHT)
            .xAxisTitle("extents of the file (log scale)")
            .yAxisTitle("service time of a look-up, ns")
            .build();
    Style.apply(chart.getStyler());
    axes(chart, curve.points());
    // No strategy plays a part in a look-up, so the lines have no strategy's colour.
    add(chart, "p99", curve, Point::p99Nanos, Palette.MUTED, SeriesMarkers.DIAMOND);
    add(chart, "median", curve, Point::p50Nanos, Palette.INK, SeriesMarkers.CIRCLE);
    CellKey key = curve.points().getFirst().cell().key();
    return new Drawing(
        "extent-lookup-curve",
        "Does a look-up stay logarithmic?",
        "%s, %s"
            .formatted(
                new Subject(key.workload(), "by extents", key.device()).title(),
                Style.threads(key.threads())),
        "on these axes a logarithmic curve is a straight line",
        chart);
  }

  private static void axes(XYChart chart, List<Point> points) {
    double first = Math.floor(decades(points.getFirst())) - MARGIN;
    double last = Math.ceil(decades(points.getLast())) + MARGIN;
    double longest =
        points.stream()
            .mapToLong(point -> Math.max(point.p50Nanos(), point.p99Nanos()))
            .max()
            .orElseThrow();
    chart
        .getStyler()
        .setXAxisMin(first)
        .setXAxisMax(last)
        // One tick for each decade.
        .setXAxisTickMarkSpacingHint((int) (PLOT_WIDTH / (last - first)))
        .setXAxisTickLabelsFormattingFunction(decades -> extentsLabel(decades, first))
        .setYAxisMin(0.0)
        .setYAxisMax(Math.max(longest, 1) * HEADROOM)
        .setYAxisTickLabelsFormattingFunction(Style::axisLabel)
        .setPlotContentSize(0.99);
  }

  private static void add(
      XYChart chart,
      String name,
      LookupCurve curve,
      ToDoubleFunction<Point> nanos,
      Color color,
      Marker marker) {
    double[] x = curve.points().stream().mapToDouble(LookupChart::decades).toArray();
    double[] y = curve.points().stream().mapToDouble(nanos).toArray();
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(color);
    series.setLineStyle(LINE);
    series.setMarker(marker);
    series.setMarkerColor(color);
  }

  private static String extentsLabel(double decades, double first) {
    if (Math.abs(decades - Math.rint(decades)) < 1e-6) {
      return Numbers.count(Math.round(Math.pow(10, Math.rint(decades))));
    }
    // XChart draws no ticks at all where both ends of an axis have the same label.
    return decades <= first ? "" : " ";
  }

  private static double decades(Point point) {
    return Math.log10((double) point.extents());
  }
}
