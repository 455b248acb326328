package dev.diolab.benchmarks.workload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;

/**
 * Reads back and writes results after JMH's profilers have looked.
 *
 * <p>JMH counts the tear-down of the last iteration as part of it: what the check of a trial
 * allocates would be divided among the measured operations. A profiler that was attached first is
 * asked last when an iteration ends, so this one, attached first, does that work then.
 *
 * <p>Thread safety: JMH's barriers lie between {@link #later} and {@link #afterIteration}.
 */
public final class AfterMeasuring implements InternalProfiler {
  /** Work of a trial that has been measured. */
  @FunctionalInterface
  interface Work {
    void run() throws IOException;
  }

  private static volatile @Nullable Work pending;

  /** Leaves {@code work} for the end of this iteration. */
  static void later(Work work) {
    pending = work;
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    // Nothing to do: measuring is the trial's business.
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    Work work = pending;
    pending = null;
    if (work != null) {
      try {
        work.run();
      } catch (IOException e) {
        throw new UncheckedIOException(e.getMessage(), e);
      }
    }
    return List.of();
  }

  @Override
  public String getDescription() {
    return "checks a trial after it has been measured";
  }
}
