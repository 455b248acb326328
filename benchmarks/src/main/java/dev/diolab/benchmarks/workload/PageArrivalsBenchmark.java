package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.load.LoadClock;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * PAGE-OVERWRITE as an open loop. See {@link PageArrivalsTrial} for what happens; this class only
 * lets JMH drive it. One invocation is one thread's share of a whole pass, because JMH's own loop
 * would send the next operation when the last has returned.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PageArrivalsBenchmark {

  /** Sends what is due, or warms up. */
  @Benchmark
  public void pass(Shared shared, WorkerIndex worker) throws IOException {
    shared.trial().work(worker.value());
  }

  /** The file under test. */
  @State(Scope.Benchmark)
  public static class Shared extends PassState {
    @Param("4k-write")
    public String variant = "";

    @Override
    PassTrial openTrial(ForkSettings settings, int threads) throws IOException {
      return PageArrivalsTrial.open(
          settings, strategy, policy, variant, threads, LoadClock.system());
    }
  }
}
