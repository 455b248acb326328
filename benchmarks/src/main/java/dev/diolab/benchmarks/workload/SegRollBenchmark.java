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
 * SEG-ROLL (facts on databases, P5). See {@link SegmentTrial} for what happens; this class only
 * lets JMH drive it. One invocation is a whole log, or all that is made in the background.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class SegRollBenchmark {

  /** Writes a log, or makes segments, until all are full. */
  @Benchmark
  public void pass(Shared shared, WorkerIndex worker) throws IOException {
    shared.trial().work(worker.value());
  }

  /** The logs under test. */
  @State(Scope.Benchmark)
  public static class Shared extends PassState {
    @Param("fallocate")
    public String variant = "";

    @Override
    PassTrial openTrial(ForkSettings settings, int threads) throws IOException {
      return SegmentTrial.open(settings, strategy, policy, variant, threads);
    }
  }
}
