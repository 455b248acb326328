package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.load.ArrivalRate;
import dev.diolab.benchmarks.load.Arrivals;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.results.run.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the tests of workloads that work in passes have in common. */
final class PassTests {
  private PassTests() {}

  /** Settings of a fork on heap memory that checks all it wrote. */
  static ForkSettings settings(Path directory, long bytes) {
    return settings(directory, bytes, null);
  }

  /** The same with operations that arrive at equal distances. */
  static ForkSettings openLoop(Path directory, long bytes, double rate, double seconds) {
    ArrivalRate arrivals = new ArrivalRate(Arrivals.CONSTANT, rate);
    return settings(directory, bytes, new OpenLoopSettings(arrivals, 0.01, seconds));
  }

  private static ForkSettings settings(
      Path directory, long bytes, @Nullable OpenLoopSettings openLoop) {
    return new ForkSettings(
        null,
        ImageDevice.FILE,
        0,
        4096,
        42,
        4711,
        bytes,
        false,
        bytes,
        directory.resolve("result").toString(),
        openLoop);
  }

  /** Runs a pass to warm up and one that is measured, with a thread for each worker. */
  static Map<String, RoundResult> run(PassTrial trial, int workers) throws Exception {
    trial.startPass(false);
    Workers.run(workers, trial::work);
    assertThat(trial.endPass(false)).isEmpty();
    trial.startPass(true);
    Workers.run(workers, trial::work);
    return trial.endPass(true);
  }

  /** The result of {@code part}, which agrees with the files that the fork leaves. */
  static RoundResult part(Map<String, RoundResult> results, ForkSettings settings, String part)
      throws IOException {
    RoundResult result = Objects.requireNonNull(results.get(part), part);
    RoundFiles.Round round = round(settings, part);
    assertThat(round.result()).isEqualTo(result);
    assertThat(round.histograms().all(Phase.TOTAL).getTotalCount()).isEqualTo(result.operations());
    assertThat(result.seconds()).isPositive();
    return result;
  }

  /** Separate syncs that were recorded with {@code part}. */
  static long syncs(ForkSettings settings, String part) throws IOException {
    return round(settings, part).histograms().all(Phase.SYNC).getTotalCount();
  }

  private static RoundFiles.Round round(ForkSettings settings, String part) throws IOException {
    return RoundFiles.read(RoundFiles.ofPart(Path.of(settings.result()), part));
  }
}
