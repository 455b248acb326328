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
 * HEAP-EXTEND (facts on databases, P8). See {@link HeapTrial} for what happens; this class only
 * lets JMH drive it. One invocation is one backend's share of a whole pass, or the scan.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class HeapExtendBenchmark {

  /** Extends and writes until all pages are written, or scans. */
  @Benchmark
  public void pass(Shared shared, WorkerIndex worker) throws IOException {
    shared.trial().work(worker.value());
  }

  /** The relation under test. */
  @State(Scope.Benchmark)
  public static class Shared extends PassState {
    @Param("fallocate, direct")
    public String variant = "";

    @Override
    PassTrial openTrial(ForkSettings settings, int threads) throws IOException {
      return HeapTrial.open(settings, strategy, policy, variant, threads);
    }
  }
}
