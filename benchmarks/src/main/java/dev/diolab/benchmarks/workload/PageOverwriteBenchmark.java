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
 * PAGE-OVERWRITE (facts on databases, P3) and, on heap memory, LOCK-COST. See {@link PageTrial} for
 * what happens; this class only lets JMH drive it.
 *
 * <p>JMH runs the set-up of an iteration in one thread while the others wait, so measuring starts
 * and stops while no worker works. Operations of the moments in which JMH waits for all threads to
 * arrive are recorded too; the measured time includes these moments.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class PageOverwriteBenchmark {

  /** Overwrites, or by chance reads, one random page. */
  @Benchmark
  public void page(Worker worker) throws IOException {
    Objects.requireNonNull(worker.worker).next();
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

    private @Nullable PageTrial trial;

    @Setup(Level.Trial)
    public void open(BenchmarkParams params) throws IOException {
      trial = PageTrial.open(ForkSettings.load(), strategy, policy, variant, params.getThreads());
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
      PageTrial measured = trial();
      AfterMeasuring.later(
          () -> {
            try (measured) {
              measured.finish();
            }
          });
    }

    PageTrial trial() {
      return Objects.requireNonNull(trial);
    }
  }

  /** One thread. */
  @State(Scope.Thread)
  public static class Worker {
    @Nullable PageWorker worker;

    @Setup(Level.Trial)
    public void join(Shared shared, ThreadParams thread) {
      worker = shared.trial().worker(thread.getThreadIndex());
    }
  }
}
