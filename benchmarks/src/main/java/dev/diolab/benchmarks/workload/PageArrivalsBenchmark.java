package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.load.LoadClock;
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
 * PAGE-OVERWRITE as an open loop. See {@link PageArrivalsTrial} for what happens; this class only
 * lets JMH drive it. One invocation is one thread's share of a whole pass, because JMH's own loop
 * would send the next operation when the last has returned.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PageArrivalsBenchmark {

  /** Sends what is due, or warms up. */
  @Benchmark
  public void pass(Shared shared, Worker worker) throws IOException {
    shared.trial().work(worker.index, shared.measured);
  }

  /** The file under test. */
  @State(Scope.Benchmark)
  public static class Shared {
    @Param("no-lock")
    public String strategy = "";

    @Param("end-io")
    public String policy = "";

    @Param("4k-write")
    public String variant = "";

    boolean measured;
    private @Nullable PageArrivalsTrial trial;

    @Setup(Level.Trial)
    public void open(BenchmarkParams params) throws IOException {
      trial =
          PageArrivalsTrial.open(
              ForkSettings.load(),
              strategy,
              policy,
              variant,
              params.getThreads(),
              LoadClock.system());
    }

    @Setup(Level.Iteration)
    public void start(IterationParams iteration) {
      measured = iteration.getType() == IterationType.MEASUREMENT;
      trial().startPass(measured);
    }

    @TearDown(Level.Iteration)
    public void end() throws IOException {
      if (measured) {
        trial().finish();
      }
    }

    @TearDown(Level.Trial)
    public void close() throws IOException {
      trial().close();
    }

    PageArrivalsTrial trial() {
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
