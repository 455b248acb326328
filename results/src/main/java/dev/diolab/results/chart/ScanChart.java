package dev.diolab.results.chart;

import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.compare.ScanEffect;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The 99th percentile of direct writes between scans and in one: two bars for each strategy. */
final class ScanChart {
  /** Room for the figures at the ends of the bars. */
  private static final double HEADROOM = 1.12;

  private ScanChart() {}

  static Drawing draw(ScanEffect effect, Palette palette, ChartNames names) {
    XYChart chart =
        new XYChartBuilder()
            .width(Style.WIDTH)
            .height(Style.HEIGHT)
            .xAxisTitle("99th percentile of the service time of a direct write, µs")
            .build();
    Style.apply(chart.getStyler());
    List<StackedBars.Bar> rows = new ArrayList<>();
    for (ScanEffect.Row row : effect.rows()) {
      Color color = palette.look(row.inScan().cell().key()).color();
      rows.add(bar(effect.label(row) + ", between scans", row.between(), Palette.light(color)));
      rows.add(bar(effect.label(row) + ", in scan", row.inScan(), color));
    }
    StackedBars bars = new StackedBars(rows);
    chart.addAnnotation(bars);
    axes(chart, effect, bars.nameWidth());
    return new Drawing(
        "scan-effect-%s-%dt".formatted(names.of(effect.subject()), effect.threads()),
        "What does a buffered scan do to direct writes of the same file?",
        "%s, %s".formatted(effect.subject().title(), Style.threads(effect.threads())),
        "",
        chart);
  }

  private static void axes(XYChart chart, ScanEffect effect, int nameWidth) {
    double longest = 0;
    for (ScanEffect.Row row : effect.rows()) {
      longest = Math.max(longest, Math.max(p99(row.between()), p99(row.inScan())));
    }
    chart
        .getStyler()
        .setYAxisTicksVisible(false)
        .setYAxisMin(0.0)
        .setYAxisMax(1.0)
        .setXAxisMin(0.0)
        .setXAxisMax(Math.max(longest, 1) * HEADROOM)
        .setXAxisTickMarkSpacingHint(100)
        .setXAxisTickLabelsFormattingFunction(Style::axisLabel)
        .setPlotGridHorizontalLinesVisible(false)
        .setPlotGridVerticalLinesVisible(true)
        .setPlotContentSize(0.99);
    chart.getStyler().setYAxisLeftWidthHint(nameWidth).setLegendVisible(false);
    // XChart draws no axes without a series; this one has a point that is not drawn, unevenly
    // placed so that the ticks do not follow it.
    XYSeries none = chart.addSeries("none", new double[] {longest / 3}, new double[] {Double.NaN});
    none.setMarker(SeriesMarkers.NONE);
  }

  private static StackedBars.Bar bar(String name, Measured measured, Color color) {
    return new StackedBars.Bar(
        name,
        Numbers.micros(p99(measured)) + " µs",
        List.of(new StackedBars.Part(color, p99(measured))));
  }

  private static double p99(Measured measured) {
    return measured.cell().latency().p99Us();
  }
}
