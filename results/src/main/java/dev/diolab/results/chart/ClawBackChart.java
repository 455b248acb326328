package dev.diolab.results.chart;

import dev.diolab.results.compare.ClawBack;
import dev.diolab.results.compare.ClawBack.Group;
import dev.diolab.results.compare.ClawBack.Row;
import dev.diolab.results.compare.ClawBack.State;
import dev.diolab.results.compare.ClawBack.Sync;
import dev.diolab.results.compare.Range;
import java.awt.Color;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/**
 * The share of plain overwrites by policy, at the largest number of threads: for each strategy a
 * dark bar for DSYNC and a light one for fdatasync. A pair that broke what it declares is hollow.
 */
final class ClawBackChart {
  private static final String FILLED = "zero-fill charged";
  private static final double HEADROOM = 1.06;

  /** Room for the names of the groups below 0, as a share of the longest bar. */
  private static final double NAMES = 0.12;

  private final List<Group> groups;
  private final Palette palette;

  private ClawBackChart(ClawBack clawBack, Palette palette) {
    this.groups = clawBack.atMostThreads();
    this.palette = palette;
  }

  static Drawing draw(ClawBack clawBack, Palette palette, ChartNames names) {
    ClawBackChart drawn = new ClawBackChart(clawBack, palette);
    return new Drawing(
        "claw-back-" + names.of(clawBack.subject()),
        "How much of the speed of plain overwrites does each policy reach?",
        "%s, %s".formatted(clawBack.subject().title(), drawn.threads()),
        drawn.note(),
        drawn.chart());
  }

  private XYChart chart() {
    XYChart chart =
        new XYChartBuilder()
            .width(Style.WIDTH)
            .height(Style.HEIGHT)
            .yAxisTitle("share of plain overwrites (throughput)")
            .build();
    Style.apply(chart.getStyler());
    List<GroupedBars.Group> bars = bars();
    chart.addAnnotation(new GroupedBars(bars, 1));
    double most = 1;
    for (Row row : shown()) {
      most = Math.max(most, Math.max(row.share(), range(row).max()));
    }
    chart
        .getStyler()
        .setXAxisTicksVisible(false)
        .setXAxisMin(0.0)
        .setXAxisMax((double) bars.size())
        .setYAxisMin(-most * NAMES)
        .setYAxisMax(most * HEADROOM)
        .setYAxisTickLabelsFormattingFunction(ClawBackChart::axisLabel)
        .setPlotGridVerticalLinesVisible(false)
        .setPlotContentSize(0.99);
    chart.getStyler().setLegendSeriesLineLength(Style.LEGEND_SQUARE);
    strategies().forEach((name, color) -> Style.legend(chart, name, color, bars.size()));
    for (Group group : groups) {
      boolean isDark = group.sync() == Sync.DSYNC;
      Style.legend(
          chart,
          isDark ? "dark: DSYNC" : "light: fdatasync",
          isDark ? Palette.MUTED : Palette.light(Palette.MUTED),
          bars.size());
    }
    return chart;
  }

  private static String axisLabel(double share) {
    return share < -1e-9
        ? ""
        : BigDecimal.valueOf(Math.max(0, share))
            .setScale(2, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
  }

  private List<GroupedBars.Group> bars() {
    List<GroupedBars.Group> bars = new ArrayList<>();
    List<String> policies =
        shown().stream()
            .filter(row -> row.state() == State.UNWRITTEN)
            .map(Row::policy)
            .distinct()
            .sorted()
            .toList();
    for (String policy : policies) {
      bars.add(new GroupedBars.Group(policy, barsOf(State.UNWRITTEN, Optional.of(policy))));
    }
    if (shown().stream().anyMatch(row -> row.state() == State.ZEROED_AND_CHARGED)) {
      bars.add(new GroupedBars.Group(FILLED, barsOf(State.ZEROED_AND_CHARGED, Optional.empty())));
    }
    return bars;
  }

  /** One for each strategy and sync, so that each has its place in every group. */
  private List<GroupedBars.@Nullable Bar> barsOf(State state, Optional<String> policy) {
    List<GroupedBars.@Nullable Bar> bars = new ArrayList<>();
    for (String strategy : strategyNames()) {
      for (Group group : groups) {
        bars.add(
            group.of(state).stream()
                .filter(row -> row.strategy().equals(strategy))
                .filter(row -> policy.isEmpty() || row.policy().equals(policy.get()))
                .findFirst()
                .map(row -> bar(group, row))
                .orElse(null));
      }
    }
    return bars;
  }

  private GroupedBars.Bar bar(Group group, Row row) {
    Color color = palette.look(row.measured().cell().key()).color();
    return new GroupedBars.Bar(
        group.sync() == Sync.DSYNC ? color : Palette.light(color),
        row.measured().cell().promise().isBroken(),
        row.share(),
        range(row).min(),
        range(row).max());
  }

  /** Without a spread, the share alone. */
  private static Range range(Row row) {
    return row.hasSpread() ? row.shareRange() : new Range(row.share(), row.share());
  }

  private List<Row> shown() {
    return groups.stream()
        .flatMap(group -> group.rows().stream())
        .filter(row -> row.state() == State.UNWRITTEN || row.state() == State.ZEROED_AND_CHARGED)
        .toList();
  }

  private List<String> strategyNames() {
    return shown().stream().map(Row::strategy).distinct().toList();
  }

  private Map<String, Color> strategies() {
    Map<String, Color> colors = new LinkedHashMap<>();
    for (Row row : shown()) {
      String name = row.strategy() + (row.measured().isRanked() ? "" : " (ceiling, unsafe)");
      colors.putIfAbsent(name, palette.look(row.measured().cell().key()).color());
    }
    return colors;
  }

  private String threads() {
    return groups.stream()
        .map(group -> Style.threads(group.threads()))
        .distinct()
        .collect(Collectors.joining(" and "));
  }

  private String note() {
    boolean isBroken = shown().stream().anyMatch(row -> row.measured().cell().promise().isBroken());
    boolean isUnchecked =
        shown().stream().anyMatch(row -> row.measured().cell().promise().isUnchecked());
    return "lines: from the slowest round by the fastest to the reverse"
        + (isBroken ? "; hollow: BROKEN" : "")
        + (isUnchecked ? "; verdicts unchecked, see table" : "");
  }
}
