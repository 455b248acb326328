package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.load.LoadClock;
import dev.diolab.benchmarks.record.RoundResult;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/**
 * PAGE-OVERWRITE as an open loop: its operations arrive at a rate, whatever becomes of the ones
 * before.
 *
 * <p>It warms up in a closed loop, so that the code is compiled also where few operations arrive.
 *
 * <p>Thread safety: each worker runs in its own thread, everything else while no worker runs.
 */
final class PageArrivalsTrial implements PassTrial {
  private final OpenLoopSettings settings;
  private final PageTrial trial;
  private final LoadClock clock;
  private final ArrivalPass arrivals;
  private boolean measures;
  private long warmupEndNanos;

  private PageArrivalsTrial(ForkSettings settings, PageTrial trial, int threads, LoadClock clock) {
    this.settings = Objects.requireNonNull(settings.openLoop());
    this.trial = trial;
    this.clock = clock;
    this.arrivals = new ArrivalPass(this.settings, settings.seed(), threads, clock);
  }

  /** A trial of {@code settings}, which are of an open loop. */
  static PageArrivalsTrial open(
      ForkSettings settings,
      String strategy,
      String policy,
      String variant,
      int threads,
      LoadClock clock)
      throws IOException {
    return new PageArrivalsTrial(
        settings, PageTrial.open(settings, strategy, policy, variant, threads), threads, clock);
  }

  /** Begins a pass: one that warms up, or one that is measured, at most once. */
  @Override
  public void startPass(boolean measured) {
    measures = measured;
    if (measured) {
      trial.startMeasuring();
      arrivals.start();
    } else {
      warmupEndNanos = clock.nanos() + ArrivalPass.nanos(settings.warmupSeconds());
    }
  }

  @Override
  public void work(int index) throws IOException {
    PageWorker worker = trial.worker(index);
    if (measures) {
      arrivals.run(index, worker, worker.recorder());
      return;
    }
    while (clock.nanos() - warmupEndNanos < 0) {
      worker.next();
    }
  }

  @Override
  public Map<String, RoundResult> endPass(boolean measured) throws IOException {
    if (!measured) {
      return Map.of();
    }
    trial.stopMeasuring();
    return Map.of("", trial.finishOpenLoop(arrivals.result()));
  }

  @Override
  public void close() throws IOException {
    trial.close();
  }
}
