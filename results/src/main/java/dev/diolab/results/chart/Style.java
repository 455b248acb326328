package dev.diolab.results.chart;

import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.Measured;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** What all charts have in common: size, type, and quiet axes. */
final class Style {
  static final int WIDTH = 1200;
  static final int HEIGHT = 700;

  /** Pixels of the squares in a legend of bars. */
  static final int LEGEND_SQUARE = 16;

  private static final Color TRANSPARENT = new Color(255, 255, 255, 0);
  private static final BasicStroke HAIRLINE = new BasicStroke(1f);

  private Style() {}

  static void apply(AxesChartStyler styler) {
    styler
        .setChartBackgroundColor(Palette.PAPER)
        .setPlotBackgroundColor(Palette.PAPER)
        .setPlotBorderVisible(false)
        .setChartFontColor(Palette.INK)
        .setChartTitleBoxVisible(false)
        .setChartPadding(18)
        .setLegendFont(font(Font.PLAIN, 16))
        .setLegendPosition(LegendPosition.OutsideE)
        .setLegendBorderColor(TRANSPARENT)
        .setLegendBackgroundColor(Palette.PAPER)
        .setLegendPadding(12)
        .setLegendSeriesLineLength(34)
        .setMarkerSize(11)
        .setAnnotationTextFont(font(Font.BOLD, 16))
        .setAnnotationTextFontColor(Palette.INK)
        .setLocale(Locale.ROOT);
    styler
        .setAxisTitleFont(font(Font.PLAIN, 17))
        .setAxisTickLabelsFont(font(Font.PLAIN, 16))
        .setAxisTickLabelsColor(Palette.INK)
        .setAxisTickMarksColor(Palette.GRID)
        .setAxisTicksLineVisible(false)
        .setAxisTicksMarksVisible(false)
        .setAxisTickPadding(8)
        .setAxisTitlePadding(14)
        .setYAxisTickMarkSpacingHint(60)
        .setPlotGridVerticalLinesVisible(false)
        .setPlotGridLinesColor(Palette.GRID)
        .setPlotGridLinesStroke(HAIRLINE);
    styler.setYAxisLabelAlignment(TextAlignment.Right);
    styler.setXAxisTitleColor(Palette.INK).setYAxisTitleColor(Palette.INK);
  }

  /** A round value of an axis, without needless digits. */
  static String axisLabel(double value) {
    return value >= 1
        ? String.format(Locale.ROOT, "%,d", Math.round(value))
        : new BigDecimal(value, new MathContext(2)).stripTrailingZeros().toPlainString();
  }

  /** What a member is called in a legend; the ceiling is named as what it is. */
  static String legend(Comparison comparison, Measured measured) {
    String label = comparison.label(measured);
    return measured.isRanked() ? label : label + " (ceiling, unsafe)";
  }

  /**
   * An entry of the legend of a chart whose data are annotations: a series with a point that is not
   * drawn.
   *
   * @param length of the horizontal axis
   */
  static void legend(XYChart chart, String name, Color color, double length) {
    // XChart puts ticks at the points of the series only, if these are evenly spaced on the axis.
    double[] uneven = {length / 3};
    XYSeries series = chart.addSeries(name, uneven, new double[] {Double.NaN});
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(
        new BasicStroke(LEGEND_SQUARE, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
  }

  /** Draws lines behind the data, each from one point to the next, broken at NaN. */
  static void grid(XYChart chart, double[] x, double[] y) {
    hidden(chart.addSeries("grid", x, y)).setLineColor(Palette.GRID).setLineStyle(HAIRLINE);
  }

  /** A series without markers that the legend does not name. */
  static XYSeries hidden(XYSeries series) {
    series.setMarker(SeriesMarkers.NONE);
    series.setShowInLegend(false);
    return series;
  }

  static String threads(int count) {
    return count == 1 ? "1 thread" : count + " threads";
  }

  private static Font font(int style, int size) {
    return new Font(Font.SANS_SERIF, style, size);
  }
}
