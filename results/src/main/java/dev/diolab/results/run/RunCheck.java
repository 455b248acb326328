package dev.diolab.results.run;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Compares the numbers of a cell with its own histograms, so that a report never shows figures that
 * its raw data contradict. Times may differ by the resolution of the histograms.
 */
public final class RunCheck {
  /** Histograms keep 3 significant digits; a bucket and its neighbour are two thousandths apart. */
  private static final double RELATIVE_TOLERANCE = 0.002;

  /** Times of run.json are rounded to the nanosecond. */
  private static final double ABSOLUTE_TOLERANCE_US = 0.002;

  private final Cell cell;
  private final List<String> contradictions = new ArrayList<>();

  private RunCheck(Cell cell) {
    this.cell = cell;
  }

  /** What contradicts the histograms, one sentence each; nothing if all is well. */
  public static List<String> contradictions(Cell cell, CellHistograms histograms) {
    RunCheck check = new RunCheck(cell);
    Histogram total = histograms.all(Phase.TOTAL);
    check.operations(total);
    check.latency("", cell.latency(), Latency.of(total));
    for (Phase phase : Phase.PARTS) {
      check.phase(phase, PhaseStats.of(histograms.all(phase)));
    }
    check.phase(Phase.TOTAL, PhaseStats.of(total));
    if (cell.sync() != null) {
      check.sync(cell.sync(), SyncLatency.of(histograms.all(Phase.SYNC)));
    }
    if (cell.openLoop() != null) {
      Histogram response = histograms.all(Phase.RESPONSE);
      check.latency("openLoop.response.", cell.openLoop().response(), Latency.of(response));
      check.openLoop(cell.openLoop(), response.getTotalCount());
    }
    check.throughput();
    return List.copyOf(check.contradictions);
  }

  private void operations(Histogram total) {
    count("operations", cell.throughput().operations(), total.getTotalCount());
  }

  private void latency(String prefix, Latency stated, Latency recomputed) {
    time(prefix + "p50Us", stated.p50Us(), recomputed.p50Us());
    time(prefix + "p90Us", stated.p90Us(), recomputed.p90Us());
    time(prefix + "p99Us", stated.p99Us(), recomputed.p99Us());
    time(prefix + "p999Us", stated.p999Us(), recomputed.p999Us());
    time(prefix + "maxUs", stated.maxUs(), recomputed.maxUs());
  }

  /** Every operation that was due has a response time or was not sent. */
  private void openLoop(OpenLoop stated, long responses) {
    count("openLoop.due", stated.due(), responses + stated.unsent());
  }

  private void phase(Phase phase, PhaseStats recomputed) {
    PhaseStats stated = cell.phases().get(phase);
    String field = "phases." + phase.tag();
    time(field + ".p50Us", stated.p50Us(), recomputed.p50Us());
    time(field + ".p99Us", stated.p99Us(), recomputed.p99Us());
    time(field + ".meanUs", stated.meanUs(), recomputed.meanUs());
  }

  private void sync(SyncLatency stated, SyncLatency recomputed) {
    count("sync.count", stated.count(), recomputed.count());
    time("sync.p50Us", stated.p50Us(), recomputed.p50Us());
    time("sync.p99Us", stated.p99Us(), recomputed.p99Us());
    time("sync.maxUs", stated.maxUs(), recomputed.maxUs());
  }

  /** A figure over all rounds lies between the slowest round and the fastest. */
  private void throughput() {
    double stated = cell.throughput().opsPerSecond();
    double slowest = Double.MAX_VALUE;
    double fastest = 0;
    for (double round : cell.throughput().opsPerSecondByRound()) {
      slowest = Math.min(slowest, round);
      fastest = Math.max(fastest, round);
    }
    if (stated < slowest * (1 - RELATIVE_TOLERANCE)
        || stated > fastest * (1 + RELATIVE_TOLERANCE)) {
      contradictions.add(
          "%s: opsPerSecond is %s, but the rounds lie between %s and %s"
              .formatted(cell.key(), stated, slowest, fastest));
    }
  }

  private void count(String field, long stated, long recomputed) {
    if (stated != recomputed) {
      contradict(field, stated, recomputed);
    }
  }

  private void time(String field, double stated, double recomputed) {
    double tolerance = ABSOLUTE_TOLERANCE_US + RELATIVE_TOLERANCE * Math.max(stated, recomputed);
    if (Math.abs(stated - recomputed) > tolerance) {
      contradict(field, stated, recomputed);
    }
  }

  private void contradict(String field, Number stated, Number recomputed) {
    contradictions.add(
        "%s: %s is %s in run.json, but the histograms say %s"
            .formatted(cell.key(), field, stated, recomputed));
  }
}
