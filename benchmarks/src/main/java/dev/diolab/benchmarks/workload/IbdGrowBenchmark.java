package dev.diolab.benchmarks.workload;

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
 * IBD-GROW (facts on databases, P2). See {@link IbdTrial} for what happens; this class only lets
 * JMH drive it. One invocation is one flusher's share of a whole pass, or all that is inserted.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class IbdGrowBenchmark {

  /** Flushes, or inserts, until the tablespaces are full. */
  @Benchmark
  public void pass(Shared shared, WorkerIndex worker) throws IOException {
    shared.trial().work(worker.value());
  }

  /** The tablespaces under test. */
  @State(Scope.Benchmark)
  public static class Shared extends PassState {
    @Param("fallocate")
    public String variant = "";

    @Override
    PassTrial openTrial(ForkSettings settings, int threads) throws IOException {
      return IbdTrial.open(settings, strategy, policy, variant, threads);
    }
  }
}
