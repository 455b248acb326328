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
 * BROKER-APPEND (facts on databases, P6). See {@link BrokerTrial} for what happens; this class only
 * lets JMH drive it. One invocation is one shard's share of a whole pass.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class BrokerAppendBenchmark {

  /** Appends until the files of the shard are full. */
  @Benchmark
  public void pass(Shared shared, WorkerIndex worker) throws IOException {
    shared.trial().work(worker.value());
  }

  /** The files under test. */
  @State(Scope.Benchmark)
  public static class Shared extends PassState {
    @Param("16 files, fdatasync every 16")
    public String variant = "";

    @Override
    PassTrial openTrial(ForkSettings settings, int threads) throws IOException {
      return BrokerTrial.open(settings, strategy, policy, variant, threads);
    }
  }
}
