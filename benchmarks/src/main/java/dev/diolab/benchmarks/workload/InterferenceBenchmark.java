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
 * INTERFERENCE. See {@link InterferenceTrial} for what happens; this class only lets JMH drive it,
 * as {@link PageOverwriteBenchmark}: the measured time includes the moments in which JMH waits for
 * all threads to arrive.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class InterferenceBenchmark {

  /** Does one request of the kind that the thread has. */
  @Benchmark
  public void request(Worker worker) throws IOException {
    Objects.requireNonNull(worker.worker).next();
  }

  /** The file under test. */
  @State(Scope.Benchmark)
  public static class Shared {
    @Param("no-lock")
    public String strategy = "";

    @Param("end-io")
    public String policy = "";

    @Param("4k reads beside nobody")
    public String variant = "";

    private @Nullable InterferenceTrial trial;

    @Setup(Level.Trial)
    public void open(BenchmarkParams params) throws IOException {
      trial =
          InterferenceTrial.open(
              ForkSettings.load(), strategy, policy, variant, params.getThreads());
    }

    @Setup(Level.Iteration)
    public void start(IterationParams iteration) {
      if (iteration.getType() == IterationType.MEASUREMENT) {
        trial().startMeasuring();
      }
      trial().startSlices(Stretch.of(iteration));
    }

    @TearDown(Level.Iteration)
    public void stop(IterationParams iteration) {
      if (iteration.getType() == IterationType.MEASUREMENT) {
        trial().stopMeasuring();
      }
    }

    @TearDown(Level.Trial)
    public void finish() {
      InterferenceTrial measured = trial();
      AfterMeasuring.later(
          () -> {
            try (measured) {
              measured.finish();
            }
          });
    }

    InterferenceTrial trial() {
      return Objects.requireNonNull(trial);
    }
  }

  /** One thread. */
  @State(Scope.Thread)
  public static class Worker {
    @Nullable InterferenceWorker worker;

    @Setup(Level.Trial)
    public void join(Shared shared, ThreadParams thread) {
      worker = shared.trial().worker(thread.getThreadIndex());
    }
  }
}
