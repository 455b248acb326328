package dev.diolab.results.chart;

import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.Numbers;
import dev.diolab.results.run.Phase;
import dev.diolab.results.run.Phases;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/**
 * Mean time of an operation, stacked by phase, one bar for each strategy. Lock wait comes first, so
 * that it is compared from one line.
 */
final class PhaseChart {
  /** Room for the figures at the ends of the bars. */
  private static final double HEADROOM = 1.12;

  private PhaseChart() {}

  static Drawing draw(Comparison comparison, int threads, ChartNames names) {
    List<Measured> members = comparison.at(threads);
    XYChart chart =
        new XYChartBuilder()
            .width(Style.WIDTH)
            .height(Style.HEIGHT)
            .xAxisTitle("mean time per operation, µs")
            .build();
    Style.apply(chart.getStyler());
    StackedBars bars =
        new StackedBars(members.stream().map(measured -> bar(comparison, measured)).toList());
    chart.addAnnotation(bars);
    axes(chart, members, bars.nameWidth());
    for (Phase phase : Phase.PARTS) {
      Style.legend(chart, phase.title(), Palette.phase(phase), longest(members));
    }
    Style.legend(chart, "other", Palette.otherTime(), longest(members));
    return new Drawing(
        "phases-%s-%dt".formatted(names.of(comparison.subject()), threads),
        "Where does the time of an operation go?",
        "%s, %s".formatted(comparison.subject().title(), Style.threads(threads)),
        "",
        chart);
  }

  /** Whether any time was recorded. */
  static boolean hasData(Comparison comparison, int threads) {
    return longest(comparison.at(threads)) > 0;
  }

  private static void axes(XYChart chart, List<Measured> members, int nameWidth) {
    chart
        .getStyler()
        .setYAxisTicksVisible(false)
        .setYAxisMin(0.0)
        .setYAxisMax(1.0)
        .setXAxisMin(0.0)
        .setXAxisMax(longest(members) * HEADROOM)
        .setXAxisTickMarkSpacingHint(100)
        .setXAxisTickLabelsFormattingFunction(Style::axisLabel)
        .setPlotGridHorizontalLinesVisible(false)
        .setPlotGridVerticalLinesVisible(true)
        .setPlotContentSize(0.99);
    chart
        .getStyler()
        .setYAxisLeftWidthHint(nameWidth)
        .setLegendSeriesLineLength(Style.LEGEND_SQUARE);
  }

  private static StackedBars.Bar bar(Comparison comparison, Measured measured) {
    return new StackedBars.Bar(
        Style.legend(comparison, measured),
        Numbers.micros(length(measured)) + " µs",
        parts(measured.cell().phases()));
  }

  private static List<StackedBars.Part> parts(Phases phases) {
    List<StackedBars.Part> parts = new ArrayList<>();
    for (Phase phase : Phase.PARTS) {
      parts.add(new StackedBars.Part(Palette.phase(phase), phases.get(phase).meanUs()));
    }
    parts.add(new StackedBars.Part(Palette.otherTime(), phases.otherMeanUs()));
    return parts;
  }

  private static double longest(List<Measured> members) {
    return members.stream().mapToDouble(PhaseChart::length).max().orElse(0);
  }

  /** The sum of the phases, and at least the total. */
  private static double length(Measured measured) {
    return parts(measured.cell().phases()).stream().mapToDouble(StackedBars.Part::length).sum();
  }
}
