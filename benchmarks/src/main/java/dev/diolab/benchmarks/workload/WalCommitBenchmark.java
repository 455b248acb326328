package dev.diolab.benchmarks.workload;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.infra.ThreadParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * WAL-COMMIT (facts on databases, P4). See {@link WalTrial} for what happens; this class only lets
 * JMH drive it. One invocation is one client's share of a whole pass.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class WalCommitBenchmark {

  /** Commits until the log is full. */
  @Benchmark
  public void pass(Shared shared, Worker worker) throws IOException {
    shared.trial().work(worker.index);
  }

  /** The log under test. */
  @State(Scope.Benchmark)
  public static class Shared {
    @Param("no-lock")
    public String strategy = "";

    @Param("end-io")
    public String policy = "";

    @Param("unwritten, dsync")
    public String variant = "";

    private @Nullable WalTrial trial;

    @Setup(Level.Trial)
    public void open(BenchmarkParams params) throws IOException {
      trial = WalTrial.open(ForkSettings.load(), strategy, policy, variant, params.getThreads());
    }

    @Setup(Level.Iteration)
    public void start(IterationParams iteration) throws IOException {
      trial().startPass(iteration.getType() == IterationType.MEASUREMENT);
    }

    @TearDown(Level.Iteration)
    public void end(IterationParams iteration) throws IOException {
      trial().endPass(iteration.getType() == IterationType.MEASUREMENT);
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
      trial().close();
    }

    WalTrial trial() {
      return Objects.requireNonNull(trial);
    }
  }

  /** One thread. */
  @State(Scope.Thread)
  public static class Worker {
    int index;

    @Setup(Level.Trial)
    public void join(ThreadParams thread) {
      index = thread.getThreadIndex();
    }
  }
}
