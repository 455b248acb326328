package dev.diolab.results.chart;

import dev.diolab.results.compare.Knee;
import dev.diolab.results.compare.LoadSweep;
import dev.diolab.results.compare.LoadSweep.Curve;
import dev.diolab.results.compare.LoadSweep.Point;
import java.awt.BasicStroke;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A sweep over offered loads, one line for each strategy: the response time, whose bars reach from
 * the median to p99.9, and what was achieved, below a line for all that was offered.
 */
final class SweepCharts {
  private static final BasicStroke SPREAD = new BasicStroke(5f);
  private static final BasicStroke THIN = new BasicStroke(1.6f);

  /** Room beyond the largest load, as a factor. */
  private static final double MARGIN = 1.05;

  private static final double RESOLUTION_US = 0.001;

  private final LoadSweep sweep;
  private final Palette palette;
  private final double right;

  private SweepCharts(LoadSweep sweep, Palette palette) {
    this.sweep = sweep;
    this.palette = palette;
    this.right = MARGIN * most(Point::offeredOpsPerSecond);
  }

  static Drawing response(LoadSweep sweep, Palette palette, ChartNames names) {
    return new Drawing(
        name("sweep-response", sweep, names),
        "How long does a request wait under more and more load?",
        sweep.title(),
        "bars reach from the median to p99.9, a cross is a knee",
        new SweepCharts(sweep, palette).responseChart());
  }

  static Drawing achieved(LoadSweep sweep, Palette palette, ChartNames names) {
    return new Drawing(
        name("sweep-achieved", sweep, names),
        "Up to which load does each strategy keep up?",
        sweep.title(),
        "a cross is a knee",
        new SweepCharts(sweep, palette).achievedChart());
  }

  private static String name(String kind, LoadSweep sweep, ChartNames names) {
    return "%s-%s-%dt-%s"
        .formatted(kind, names.of(sweep.subject()), sweep.threads(), sweep.arrivals());
  }

  private XYChart responseChart() {
    XYChart chart = chart("p99 of the response time, µs (log scale)");
    double bottom = LogAxis.roundDown(least(SweepCharts::p50));
    double top = LogAxis.roundUp(most(SweepCharts::p999));
    chart
        .getStyler()
        .setYAxisLogarithmic(true)
        .setYAxisLogarithmicDecadeOnly(false)
        .setYAxisMin(bottom)
        .setYAxisMax(top)
        .setYAxisTickLabelsFormattingFunction(
            value -> LogAxis.isLabelled(value) ? Style.axisLabel(value) : "")
        .setPlotGridLinesVisible(false);
    Lines lines = new Lines();
    LogAxis.labelled(bottom, top).forEach(y -> lines.add(0, y, right, y));
    Style.grid(chart, lines.x(), lines.y());
    sweep.curves().forEach(curve -> spread(chart, curve));
    sweep.curves().forEach(curve -> line(chart, curve, SweepCharts::p99));
    knees(chart, SweepCharts::p99);
    return chart;
  }

  private XYChart achievedChart() {
    XYChart chart = chart("achieved operations per second");
    chart
        .getStyler()
        .setYAxisMin(0.0)
        .setYAxisMax(right)
        .setYAxisTickLabelsFormattingFunction(Style::axisLabel);
    XYSeries offered =
        chart.addSeries("all that is offered", new double[] {0, right}, new double[] {0, right});
    offered.setMarker(SeriesMarkers.NONE);
    offered.setLineColor(Palette.MUTED);
    offered.setLineStyle(THIN);
    sweep.curves().forEach(curve -> line(chart, curve, Point::achievedOpsPerSecond));
    knees(chart, Point::achievedOpsPerSecond);
    return chart;
  }

  private XYChart chart(String yAxisTitle) {
    XYChart chart =
        new XYChartBuilder()
            .width(Style.WIDTH)
            .height(Style.HEIGHT)
            .xAxisTitle("offered operations per second")
            .yAxisTitle(yAxisTitle)
            .build();
    Style.apply(chart.getStyler());
    chart
        .getStyler()
        .setXAxisMin(0.0)
        .setXAxisMax(right)
        .setXAxisTickMarkSpacingHint(100)
        .setXAxisTickLabelsFormattingFunction(Style::axisLabel)
        .setPlotContentSize(0.99);
    return chart;
  }

  private void spread(XYChart chart, Curve curve) {
    Lines bars = new Lines();
    for (Point point : curve.points()) {
      double x = point.offeredOpsPerSecond();
      bars.add(x, p50(point), x, p999(point));
    }
    Style.hidden(chart.addSeries(curve.label() + " spread", bars.x(), bars.y()))
        .setLineColor(Palette.light(look(curve).color()))
        .setLineStyle(SPREAD);
  }

  private void line(XYChart chart, Curve curve, ToDoubleFunction<Point> height) {
    double[] x = curve.points().stream().mapToDouble(Point::offeredOpsPerSecond).toArray();
    double[] y = curve.points().stream().mapToDouble(height).toArray();
    String label = curve.label();
    XYSeries series =
        chart.addSeries(
            curve.first().promise().ranked() ? label : label + " (ceiling, unsafe)", x, y);
    series.setLineColor(look(curve).color());
    series.setLineStyle(look(curve).stroke());
    series.setMarker(look(curve).marker());
    series.setMarkerColor(look(curve).color());
  }

  private void knees(XYChart chart, ToDoubleFunction<Point> height) {
    Lines crosses = new Lines();
    for (Curve curve : sweep.curves()) {
      Knee.of(curve)
          .point()
          .ifPresent(
              point -> crosses.add(point.offeredOpsPerSecond(), height.applyAsDouble(point)));
    }
    crosses.addIfEmpty(0);
    XYSeries series = chart.addSeries("knee", crosses.x(), crosses.y());
    series.setMarker(SeriesMarkers.CROSS);
    series.setMarkerColor(Palette.INK);
    series.setLineColor(Palette.INK);
    series.setLineStyle(THIN);
  }

  private Palette.Look look(Curve curve) {
    return palette.look(curve.first().key());
  }

  private double most(ToDoubleFunction<Point> value) {
    return sweep.curves().stream()
        .flatMap(curve -> curve.points().stream())
        .mapToDouble(value)
        .max()
        .orElseThrow();
  }

  private double least(ToDoubleFunction<Point> value) {
    return sweep.curves().stream()
        .flatMap(curve -> curve.points().stream())
        .mapToDouble(value)
        .min()
        .orElseThrow();
  }

  private static double p50(Point point) {
    return Math.max(RESOLUTION_US, point.response().p50Us());
  }

  private static double p99(Point point) {
    return Math.max(RESOLUTION_US, point.response().p99Us());
  }

  private static double p999(Point point) {
    return Math.max(RESOLUTION_US, point.response().p999Us());
  }
}
