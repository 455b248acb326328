package dev.diolab.results.chart;

import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.Range;
import java.awt.BasicStroke;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;

/**
 * Throughput over threads, on a scale of doublings. A bar at each point reaches from the slowest
 * round to the fastest.
 */
final class ThroughputChart {
  private static final BasicStroke SPREAD = new BasicStroke(5f);

  /** Room beside the first and the last number of threads, in doublings. */
  private static final double MARGIN = 0.3;

  private static final double MAX_LABEL = 1.08;

  /** Pixels that the plot is about wide, of which the ticks get equal parts. */
  private static final int PLOT_WIDTH = 850;

  private ThroughputChart() {}

  static Drawing draw(Comparison comparison, Palette palette, ChartNames names) {
    XYChart chart =
        new XYChartBuilder()
            .width(Style.WIDTH)
            .height(Style.HEIGHT)
            .xAxisTitle("threads (log scale)")
            .yAxisTitle("operations per second")
            .build();
    Style.apply(chart.getStyler());
    axes(chart, comparison);
    for (List<Measured> series : comparison.series()) {
      add(chart, comparison, series, palette.look(series.getFirst().cell().key()));
    }
    return new Drawing(
        "throughput-%s".formatted(names.of(comparison.subject())),
        "Does throughput grow with threads?",
        comparison.subject().title(),
        "bars reach from the slowest round to the fastest",
        chart);
  }

  private static void axes(XYChart chart, Comparison comparison) {
    double first = log2(comparison.threadCounts().getFirst()) - MARGIN;
    double last = log2(comparison.mostThreads()) + MARGIN;
    double fastest =
        comparison.members().stream()
            .mapToDouble(measured -> measured.throughputRange().max())
            .max()
            .orElseThrow();
    chart
        .getStyler()
        .setXAxisMin(first)
        .setXAxisMax(last)
        // One tick for each doubling.
        .setXAxisTickMarkSpacingHint((int) (PLOT_WIDTH / (last - first)))
        .setXAxisTickLabelsFormattingFunction(ThroughputChart::threadsLabel)
        .setYAxisMin(0.0)
        .setYAxisMax(Math.max(fastest, 1) * MAX_LABEL)
        .setYAxisTickLabelsFormattingFunction(Style::axisLabel)
        .setPlotContentSize(0.99);
  }

  private static void add(
      XYChart chart, Comparison comparison, List<Measured> measured, Palette.Look look) {
    double[] x = measured.stream().mapToDouble(one -> log2(one.threads())).toArray();
    double[] y =
        measured.stream().mapToDouble(one -> one.cell().throughput().opsPerSecond()).toArray();
    Lines spread = new Lines();
    for (Measured one : measured) {
      Range range = one.throughputRange();
      spread.add(log2(one.threads()), range.min(), log2(one.threads()), range.max());
    }
    String name = Style.legend(comparison, measured.getFirst());
    Style.hidden(chart.addSeries(name + " rounds", spread.x(), spread.y()))
        .setLineColor(look.color())
        .setLineStyle(SPREAD);
    XYSeries series = chart.addSeries(name, x, y);
    series.setLineColor(look.color());
    series.setLineStyle(look.stroke());
    series.setMarker(look.marker());
    series.setMarkerColor(look.color());
  }

  private static String threadsLabel(double doublings) {
    if (Math.abs(doublings - Math.rint(doublings)) < 1e-6 && doublings > -0.5) {
      return String.valueOf(Math.round(Math.pow(2, doublings)));
    }
    // XChart draws no ticks at all where both ends of an axis have the same label.
    return doublings < 0.5 ? "" : " ";
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
