package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.record.RoundResult;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LookupTrialTest {
  @TempDir private Path directory;

  @Test
  void looksUpExtentsOfAFileThatHasAsManyAsTheVariantSays() throws Exception {
    ForkSettings settings =
        new ForkSettings(
            null,
            ImageDevice.FILE,
            4096,
            42,
            4711,
            0,
            false,
            0,
            directory.resolve("result").toString());
    RoundResult result;
    try (LookupTrial trial = LookupTrial.open(settings, "no-lock", "end-io", "10000 extents")) {
      trial.startMeasuring();
      for (int i = 0; i < 1000; i++) {
        trial.next();
      }
      trial.stopMeasuring();
      result = trial.finish();
    }

    assertThat(result.operations()).isEqualTo(1000);
    assertThat(result.extentsAfter()).isEqualTo(10_000);
    assertThat(Objects.requireNonNull(result.metadataHeapBytes())).isLessThan(10 << 20);
  }
}
