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
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * EXTENT-LOOKUP: does a look-up stay logarithmic up to a million extents? See {@link LookupTrial};
 * this class only lets JMH drive it.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class ExtentLookupBenchmark {

  /** Looks one random extent up. */
  @Benchmark
  public void lookup(Shared shared) throws IOException {
    shared.trial().next();
  }

  /** The file of many extents. */
  @State(Scope.Benchmark)
  public static class Shared {
    @Param("no-lock")
    public String strategy = "";

    @Param("end-io")
    public String policy = "";

    @Param("10000 extents")
    public String variant = "";

    private @Nullable LookupTrial trial;

    @Setup(Level.Trial)
    public void open() throws IOException {
      trial = LookupTrial.open(ForkSettings.load(), strategy, policy, variant);
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
      LookupTrial measured = trial();
      AfterMeasuring.later(
          () -> {
            try (measured) {
              measured.finish();
            }
          });
    }

    LookupTrial trial() {
      return Objects.requireNonNull(trial);
    }
  }
}
