package dev.diolab.results;

import dev.diolab.results.compare.Measured;
import dev.diolab.results.compare.Percentile;
import dev.diolab.results.compare.Times;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.Effects;
import dev.diolab.results.run.Latency;
import dev.diolab.results.run.Offered;
import dev.diolab.results.run.OpenLoop;
import dev.diolab.results.run.PhaseStats;
import dev.diolab.results.run.Phases;
import dev.diolab.results.run.Promise;
import dev.diolab.results.run.Slices;
import dev.diolab.results.run.Throughput;
import dev.diolab.results.stats.Sample;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Builds cells with chosen figures, for tests of what is said about them. */
public final class Cells {
  private String strategy = "i-mutex";
  private String workload = "PAGE-OVERWRITE";
  private String variant = "4k-write";
  private String policy = "end-io";
  private String device = "file";
  private int threads = 16;
  private boolean ranked = true;
  private double[] opsPerSecond = {1000, 1000};
  private double[] p99Us = {100, 100};
  private double meanUs = 50;
  private double lockWaitShare = 0;
  private long operations = 100_000;
  private long commits = 0;
  private @Nullable Offered offered;
  private double[] responseP99Us = {100, 100};
  private long unsent = 0;
  private @Nullable Double arrived;
  private List<String> guarantees = List.of();
  private String verdict = Promise.UNCHECKED;

  private @Nullable Slices slices;

  private Cells() {}

  /** A cell of the strategy. */
  public static Cells of(String strategy) {
    Cells cells = new Cells();
    cells.strategy = strategy;
    return cells;
  }

  /** Sets what it did from slice to slice. */
  public Cells slices(Slices each) {
    slices = each;
    return this;
  }

  /** Sets the workload. */
  public Cells workload(String label) {
    workload = label;
    return this;
  }

  /** Sets the variant. */
  public Cells variant(String name) {
    variant = name;
    return this;
  }

  /** Sets how often the journal committed. */
  public Cells commits(long count) {
    commits = count;
    return this;
  }

  /** Sets what is declared to hold. */
  public Cells guarantees(String... names) {
    guarantees = List.of(names);
    return this;
  }

  /** Sets the verdict on that. */
  public Cells verdict(String text) {
    verdict = text;
    return this;
  }

  /** Sets the conversion policy. */
  public Cells policy(String name) {
    policy = name;
    return this;
  }

  /** Sets the kind of device. */
  public Cells device(String name) {
    device = name;
    return this;
  }

  /** Sets the number of threads. */
  public Cells threads(int count) {
    threads = count;
    return this;
  }

  /** Makes it a ceiling. */
  public Cells ceiling() {
    ranked = false;
    return this;
  }

  /** Sets the throughput of each round. */
  public Cells opsPerSecond(double... byRound) {
    opsPerSecond = byRound.clone();
    return this;
  }

  /** Sets the 99th percentile of each round. */
  public Cells p99Us(double... byRound) {
    p99Us = byRound.clone();
    return this;
  }

  /** Sets the mean time of an operation, all of it in lock wait and the device. */
  public Cells meanUs(double micros) {
    meanUs = micros;
    return this;
  }

  /** Sets the share of lock wait in the mean time. */
  public Cells lockWaitShare(double share) {
    lockWaitShare = share;
    return this;
  }

  /** Sets how many operations there were. */
  public Cells operations(long count) {
    operations = count;
    return this;
  }

  /** Sets the load of an open loop. */
  public Cells offered(String arrivals, double opsPerSecond, @Nullable Integer percentOfCapacity) {
    offered = new Offered(arrivals, opsPerSecond, percentOfCapacity);
    return this;
  }

  /** Sets the 99th percentile of the response time of each round, in an open loop. */
  public Cells responseP99Us(double... byRound) {
    responseP99Us = byRound.clone();
    return this;
  }

  /** Sets what arrived in truth, in an open loop; what was offered without. */
  public Cells arrived(double opsPerSecond) {
    arrived = opsPerSecond;
    return this;
  }

  /** Sets how many operations were never sent, in an open loop. */
  public Cells unsent(long count) {
    unsent = count;
    return this;
  }

  private @Nullable OpenLoop openLoop() {
    return offered == null
        ? null
        : new OpenLoop(
            operations + unsent,
            arrived == null ? offered.opsPerSecond() : arrived,
            unsent,
            latency(mean(responseP99Us)));
  }

  /** The cell; its p99 is the mean of the rounds'. */
  public Cell cell() {
    double mean = mean(opsPerSecond);
    double p99 = mean(p99Us);
    PhaseStats lockWait = new PhaseStats(1, 2, meanUs * lockWaitShare);
    return new Cell(
        new CellKey(workload, variant, strategy, policy, threads, device, offered),
        new Throughput(
            opsPerSecond.length,
            operations,
            1,
            mean,
            mean * 4096,
            Arrays.stream(opsPerSecond).boxed().toList()),
        latency(p99),
        new Phases(
            lockWait,
            PhaseStats.NONE,
            new PhaseStats(20, 30, meanUs - meanUs * lockWaitShare),
            PhaseStats.NONE,
            PhaseStats.NONE,
            new PhaseStats(50, p99, meanUs)),
        openLoop(),
        null,
        null,
        new Effects(1, 1, commits, 0, operations, operations * 4096, 0, 0L),
        null,
        new Promise(guarantees, ranked, verdict),
        "hdr/x.hlog",
        slices);
  }

  /** The cell with as many rounds as throughputs. */
  public Measured measured() {
    Cell cell = cell();
    return new Measured(cell, times(p99Us), cell.openLoop() == null ? null : times(responseP99Us));
  }

  private Times times(double[] p99ByRound) {
    List<Times.Round> rounds =
        Arrays.stream(p99ByRound)
            .mapToObj(p99 -> new Times.Round(operations / opsPerSecond.length, latency(p99)))
            .toList();
    double logError = Sample.of(mean(p99ByRound), p99ByRound).logError();
    return new Times(
        new Histogram(3),
        rounds,
        Map.of(Percentile.P50, logError, Percentile.P99, logError, Percentile.P999, logError));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static Latency latency(double p99Us) {
    return new Latency(p99Us / 3, p99Us / 2, p99Us, p99Us * 2, p99Us * 3);
  }
}
