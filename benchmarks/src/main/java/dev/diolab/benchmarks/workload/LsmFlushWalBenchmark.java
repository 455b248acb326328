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
 * LSM-FLUSH+WAL (facts on databases, P7). See {@link LsmTrial} for what happens; this class only
 * lets JMH drive it. One invocation is one client's share of a whole pass, or all tables of a
 * flusher.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LsmFlushWalBenchmark {

  /** Commits, or writes tables, until the log is full. */
  @Benchmark
  public void pass(Shared shared, WorkerIndex worker) throws IOException {
    shared.trial().work(worker.value());
  }

  /** The log and the tables under test. */
  @State(Scope.Benchmark)
  public static class Shared extends PassState {
    @Param("4 flushers, recycled")
    public String variant = "";

    @Override
    PassTrial openTrial(ForkSettings settings, int threads) throws IOException {
      return LsmTrial.open(settings, strategy, policy, variant, threads);
    }
  }
}
