package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.load.ArrivalSchedule;
import dev.diolab.benchmarks.load.LoadClock;
import dev.diolab.benchmarks.load.OpenLoop;
import dev.diolab.benchmarks.record.ArrivalResult;
import dev.diolab.benchmarks.record.RoundResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * PAGE-OVERWRITE as an open loop: its operations arrive at a rate, whatever becomes of the ones
 * before.
 *
 * <p>It warms up in a closed loop, so that the code is compiled also where few operations arrive.
 *
 * <p>Thread safety: each worker runs in its own thread, everything else while no worker runs.
 */
final class PageArrivalsTrial implements AutoCloseable {
  /** From the start of a pass until its first operation may be due: all threads are there then. */
  private static final long LEAD_NANOS = 20_000_000;

  private static final double SECOND = 1e9;

  private final OpenLoopSettings settings;
  private final PageTrial trial;
  private final LoadClock clock;
  private final List<OpenLoop> loops = new ArrayList<>();
  private long startNanos;

  private PageArrivalsTrial(ForkSettings settings, PageTrial trial, int threads, LoadClock clock) {
    this.settings = Objects.requireNonNull(settings.openLoop());
    this.trial = trial;
    this.clock = clock;
    long seed = Seeds.derive(settings.seed(), "arrivals");
    for (int i = 0; i < threads; i++) {
      loops.add(
          new OpenLoop(
              ArrivalSchedule.of(this.settings.rate(), threads, i, Seeds.derive(seed, i)), clock));
    }
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
  void startPass(boolean measured) {
    if (measured) {
      trial.startMeasuring();
    }
    startNanos = clock.nanos() + LEAD_NANOS;
  }

  /** What one thread does in a pass. */
  void work(int index, boolean measured) throws IOException {
    PageWorker worker = trial.worker(index);
    if (measured) {
      loops
          .get(index)
          .run(startNanos, nanos(settings.seconds()), worker, worker.recorder()::recordResponse);
      return;
    }
    long warmup = nanos(settings.warmupSeconds());
    while (clock.nanos() - startNanos < warmup) {
      worker.next();
    }
  }

  /** Ends the pass that was measured, checks that the work was done and writes the result. */
  RoundResult finish() throws IOException {
    trial.stopMeasuring();
    return trial.finishOpenLoop(result());
  }

  private ArrivalResult result() {
    long nanos = nanos(settings.seconds());
    long sent = 0;
    long unsent = 0;
    for (OpenLoop loop : loops) {
      nanos = Math.max(nanos, loop.endNanos() - startNanos);
      sent += loop.sent();
      unsent += loop.unsent();
    }
    return new ArrivalResult(
        settings.rate().opsPerSecond(), settings.seconds(), nanos / SECOND, sent + unsent, unsent);
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * SECOND);
  }

  @Override
  public void close() throws IOException {
    trial.close();
  }
}
