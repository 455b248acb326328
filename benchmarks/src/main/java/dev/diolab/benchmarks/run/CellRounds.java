package dev.diolab.benchmarks.run;

import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.plan.CellPlan;
import dev.diolab.benchmarks.plan.OfferedLoad;
import dev.diolab.benchmarks.record.ArrivalResult;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.Effects;
import dev.diolab.results.run.HistogramFile;
import dev.diolab.results.run.Interval;
import dev.diolab.results.run.Latency;
import dev.diolab.results.run.Offered;
import dev.diolab.results.run.OpenLoop;
import dev.diolab.results.run.Phase;
import dev.diolab.results.run.PhaseStats;
import dev.diolab.results.run.Phases;
import dev.diolab.results.run.Promise;
import dev.diolab.results.run.Slices;
import dev.diolab.results.run.SyncLatency;
import dev.diolab.results.run.Throughput;
import dev.diolab.results.verify.Verdicts;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Collects the rounds of one cell and sums them up: histograms added, counters summed. */
final class CellRounds {
  /** What {@code run.json} calls heap memory. */
  private static final String MEMORY = "memory";

  private final CellPlan plan;
  private final ImageDevice device;
  private final Verdicts verdicts;
  private final List<RoundFiles.Round> rounds = new ArrayList<>();

  CellRounds(CellPlan plan, ImageDevice device, Verdicts verdicts) {
    this.plan = plan;
    this.device = device;
    this.verdicts = verdicts;
  }

  void add(RoundFiles.Round round) {
    rounds.add(round);
  }

  CellPlan plan() {
    return plan;
  }

  /** Results of the rounds. */
  List<RoundResult> results() {
    return rounds.stream().map(RoundFiles.Round::result).toList();
  }

  /** Writes the histograms of all rounds below {@code runDirectory}. */
  void writeHistograms(Path runDirectory, Instant started) throws IOException {
    List<Interval> intervals = new ArrayList<>();
    for (RoundFiles.Round round : rounds) {
      for (Phase phase : Phase.values()) {
        for (Histogram histogram : round.histograms().rounds(phase)) {
          intervals.add(new Interval(phase, round.start(), round.end(), histogram));
        }
      }
    }
    HistogramFile.write(runDirectory.resolve(histogramFile()), started, intervals);
  }

  /**
   * The cells of {@code run.json}: one, and for a zeroed file a second one that charges the time of
   * the zero-fill to the throughput.
   */
  List<Cell> cells() {
    List<Cell> cells = new ArrayList<>();
    cells.add(cell(plan.variant(), 0));
    Double fill = fillSeconds();
    if (fill != null) {
      cells.add(cell(plan.variant().replaceFirst("^zeroed", "zeroed+fill"), 1));
    }
    return cells;
  }

  private Cell cell(String variant, int fillShare) {
    Histogram sync = all(Phase.SYNC);
    return new Cell(
        new CellKey(
            plan.workload().label(),
            variant,
            plan.strategy(),
            plan.policy(),
            plan.threads(),
            plan.workload().onFile() ? device.label() : MEMORY,
            offered()),
        throughput(fillShare),
        Latency.of(all(Phase.TOTAL)),
        Phases.of(phase -> PhaseStats.of(all(phase))),
        openLoop(),
        sync.getTotalCount() == 0 ? null : SyncLatency.of(sync),
        fillSeconds(),
        effects(),
        allocatedBytesPerOp(),
        promise(),
        histogramFile(),
        slices());
  }

  /** Operations a second over all rounds so far, at least one. */
  double opsPerSecond() {
    return throughput(0).opsPerSecond();
  }

  private Throughput throughput(int fillShare) {
    return Throughput.of(rounds.stream().map(round -> throughput(round, fillShare)).toList());
  }

  /** The load, the same in all rounds. */
  private @Nullable Offered offered() {
    OfferedLoad load = plan.load();
    ArrivalResult last = rounds.getLast().result().arrivals();
    return load == null || last == null
        ? null
        : new Offered(load.arrivals().label(), last.opsPerSecond(), load.percent());
  }

  private @Nullable OpenLoop openLoop() {
    long due = 0;
    long unsent = 0;
    double dueSeconds = 0;
    for (RoundFiles.Round round : rounds) {
      ArrivalResult arrivals = round.result().arrivals();
      if (arrivals == null) {
        return null;
      }
      due += arrivals.due();
      dueSeconds += arrivals.dueSeconds();
      unsent += arrivals.unsent();
    }
    return new OpenLoop(due, due / dueSeconds, unsent, Latency.of(all(Phase.RESPONSE)));
  }

  private static Throughput.Round throughput(RoundFiles.Round round, int fillShare) {
    RoundResult result = round.result();
    double fill = result.fillSeconds() == null ? 0 : result.fillSeconds();
    return new Throughput.Round(
        result.operations(), result.bytes(), result.seconds() + fillShare * fill);
  }

  private Histogram all(Phase phase) {
    Histogram sum = PhaseRecorder.newHistogram();
    for (RoundFiles.Round round : rounds) {
      sum.add(round.histograms().all(phase));
    }
    return sum;
  }

  /** The means over all rounds, none unless each has slices. */
  private @Nullable Slices slices() {
    List<Slices> all = new ArrayList<>();
    for (RoundFiles.Round round : rounds) {
      if (round.slices() == null) {
        return null;
      }
      all.add(round.slices());
    }
    return Slices.mean(all);
  }

  private @Nullable Double fillSeconds() {
    double sum = 0;
    for (RoundFiles.Round round : rounds) {
      if (round.result().fillSeconds() == null) {
        return null;
      }
      sum += round.result().fillSeconds();
    }
    return sum;
  }

  /** Counters are summed; extents are those of the last round: every round begins anew. */
  private Effects effects() {
    RoundResult last = rounds.getLast().result();
    return new Effects(
        last.extentsBefore(),
        last.extentsAfter(),
        sum(RoundResult::journalCommits),
        sum(RoundResult::journalBlocks),
        sum(RoundResult::deviceWrites),
        sum(RoundResult::deviceBytesWritten),
        sum(RoundResult::deviceFlushes),
        sum(RoundResult::bytesZeroed));
  }

  private long sum(ToLongFunction<RoundResult> counter) {
    return rounds.stream().map(RoundFiles.Round::result).mapToLong(counter).sum();
  }

  private double allocatedBytesPerOp() {
    return (double) sum(RoundResult::allocatedBytes) / sum(RoundResult::operations);
  }

  private Promise promise() {
    Set<Guarantee> kept = EnumSet.noneOf(Guarantee.class);
    kept.addAll(Strategies.byName(plan.strategy()).guarantees());
    kept.retainAll(Policies.byName(plan.policy()).guarantees());
    return new Promise(
        kept.stream().map(Guarantee::name).toList(),
        !Strategies.byName(plan.strategy()).isCeiling(),
        verdicts.of(plan.strategy(), plan.policy()));
  }

  private String histogramFile() {
    return "hdr/" + plan.id() + ".hlog";
  }
}
