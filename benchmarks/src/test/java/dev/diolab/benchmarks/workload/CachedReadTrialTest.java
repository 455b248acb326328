package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.record.RoundResult;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CachedReadTrialTest {
  private static final int FILE_BYTES = 4 << 20;
  private static final int OPERATIONS = 2_000;

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"i-mutex", "placeholder", "overwrite-nolock", "iomap-endio", "no-lock"})
  void readsCachedPagesWithoutTheDevice(String strategy) throws Exception {
    RoundResult result;
    try (CachedReadTrial trial = CachedReadTrial.open(settings(), strategy, "end-io")) {
      trial.startMeasuring();
      for (int i = 0; i < OPERATIONS; i++) {
        trial.next();
      }
      trial.stopMeasuring();
      result = trial.finish();
    }

    assertThat(result.operations()).isEqualTo(OPERATIONS);
    assertThat(result.bytes()).isEqualTo(OPERATIONS * 4096L);
    assertThat(result.deviceWrites()).isZero();
  }

  private ForkSettings settings() {
    return new ForkSettings(
        null,
        ImageDevice.FILE,
        4096,
        42,
        4711,
        FILE_BYTES,
        false,
        0,
        directory.resolve("result").toString());
  }
}
