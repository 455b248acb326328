package dev.diolab.benchmarks.workload;

import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;

/**
 * The trial of a fork as JMH sees it: opened once, and a pass for each iteration. A benchmark
 * extends this by the variants and the trial that it opens.
 */
@State(Scope.Benchmark)
public abstract class PassState {
  @Param("no-lock")
  public String strategy = "";

  @Param("end-io")
  public String policy = "";

  private @Nullable PassTrial trial;

  /** Opens the trial of this fork for {@code threads} workers. */
  abstract PassTrial openTrial(ForkSettings settings, int threads) throws IOException;

  /** Before the first pass. */
  @Setup(Level.Trial)
  public void open(BenchmarkParams params) throws IOException {
    trial = openTrial(ForkSettings.load(), params.getThreads());
  }

  /** Before a pass. */
  @Setup(Level.Iteration)
  public void start(IterationParams iteration) throws IOException {
    trial().startPass(iteration.getType() == IterationType.MEASUREMENT);
  }

  /** After a pass. */
  @TearDown(Level.Iteration)
  public void end(IterationParams iteration) throws IOException {
    trial().endPass(iteration.getType() == IterationType.MEASUREMENT);
  }

  /** After the last pass. */
  @TearDown(Level.Trial)
  public void close() throws IOException {
    trial().close();
  }

  PassTrial trial() {
    return Objects.requireNonNull(trial);
  }
}
