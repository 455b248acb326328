package dev.diolab.results.chart;

import dev.diolab.results.compare.ClawBack;
import dev.diolab.results.compare.Comparison;
import dev.diolab.results.compare.LoadSweep;
import dev.diolab.results.compare.LookupCurve;
import dev.diolab.results.compare.Ranking;
import dev.diolab.results.compare.ScanEffect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Which charts a run has. */
public final class Charts {
  private Charts() {}

  /**
   * Latency and phases at the largest number of threads, and throughput over threads where more
   * than one number was measured; of what runs beside the answer of a workload only the phases. The
   * files are called predictably: kind, comparison, threads.
   *
   * @throws IOException if this machine has no fonts to draw text with
   */
  public static List<Drawing> of(Comparison comparison, Palette palette, ChartNames names)
      throws IOException {
    Fonts.require();
    int threads = comparison.mostThreads();
    List<Drawing> drawings = new ArrayList<>();
    boolean answers = Ranking.answers(comparison);
    if (answers) {
      drawings.add(LatencyChart.draw(comparison, threads, palette, names));
    }
    if (answers && comparison.threadCounts().size() > 1 && !comparison.isOpenLoop()) {
      drawings.add(ThroughputChart.draw(comparison, palette, names));
    }
    if (!ScanEffect.isBesideTheWrites(comparison.subject())
        && PhaseChart.hasData(comparison, threads)) {
      drawings.add(PhaseChart.draw(comparison, threads, names));
    }
    return drawings;
  }

  /**
   * The tails of direct writes between scans and in scan, by the name {@code scan-effect-...}.
   *
   * @throws IOException if this machine has no fonts to draw text with
   */
  public static Drawing of(ScanEffect effect, Palette palette, ChartNames names)
      throws IOException {
    Fonts.require();
    return ScanChart.draw(effect, palette, names);
  }

  /**
   * The share of plain overwrites by policy, by the name {@code claw-back-...}.
   *
   * @param clawBack has a group
   * @throws IOException if this machine has no fonts to draw text with
   */
  public static Drawing of(ClawBack clawBack, Palette palette, ChartNames names)
      throws IOException {
    Fonts.require();
    return ClawBackChart.draw(clawBack, palette, names);
  }

  /**
   * Response time and achieved throughput over the offered load, by the names {@code
   * sweep-response-...} and {@code sweep-achieved-...}.
   *
   * @throws IOException if this machine has no fonts to draw text with
   */
  public static List<Drawing> of(LoadSweep sweep, Palette palette, ChartNames names)
      throws IOException {
    Fonts.require();
    return List.of(
        SweepCharts.response(sweep, palette, names), SweepCharts.achieved(sweep, palette, names));
  }

  /**
   * Latency of a look-up over the number of extents, by the name {@code extent-lookup-curve}.
   *
   * @throws IOException if this machine has no fonts to draw text with
   */
  public static Drawing of(LookupCurve curve) throws IOException {
    Fonts.require();
    return LookupChart.draw(curve);
  }
}
