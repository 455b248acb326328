package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InterferenceTrialTest {
  private static final long FILE_BYTES = 8 << 20;
  private static final int THREADS = 4;
  private static final int OPERATIONS = 100;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "i-mutex, 4k reads beside 1m writes, 4096",
    "placeholder, 4k writes beside 1m reads, 4096",
    "overwrite-nolock, 1m writes beside commits, 1048576",
    "iomap-endio, commits beside 4k writes, 4096",
    "no-lock, 1m reads beside 4k reads, 1048576"
  })
  void recordsTheMeasuredHalfAndChecksWhatBothWrote(String strategy, String variant, int bytes)
      throws Exception {
    RoundResult result;
    try (InterferenceTrial trial =
        InterferenceTrial.open(settings(), strategy, "end-io", variant, THREADS)) {
      Workers.run(THREADS, index -> run(trial, index, 10));
      trial.startMeasuring();
      Workers.run(THREADS, index -> run(trial, index, OPERATIONS));
      trial.stopMeasuring();
      result = trial.finish();
    }

    assertThat(result.operations()).isEqualTo(THREADS / 2 * OPERATIONS);
    assertThat(result.bytes()).isEqualTo(result.operations() * bytes);
    assertThat(result.checkedBytes()).isEqualTo(FILE_BYTES);
    assertThat(result.extentsAfter()).isEqualTo(result.extentsBefore()).isPositive();
    assertThat(RoundFiles.read(Path.of(settings().result())).result()).isEqualTo(result);
  }

  @Test
  void nobodyDoesNothing() throws Exception {
    try (InterferenceTrial trial =
        InterferenceTrial.open(settings(), "i-mutex", "end-io", "4k writes beside nobody", 2)) {
      trial.startMeasuring();
      run(trial, 0, 5);
      run(trial, 1, 5);
      trial.stopMeasuring();

      assertThat(trial.worker(1).recorder().operations()).isZero();
      assertThat(trial.finish().operations()).isEqualTo(5);
    }
  }

  @Test
  void failsWhenAWriteIsLost() throws Exception {
    LosingDevice device = new LosingDevice(VolumeShape.deviceBytes(FILE_BYTES), 4096);
    WorkVolume volume = WorkVolume.format(device, 4096, "i-mutex", "end-io");
    try (InterferenceTrial trial =
        InterferenceTrial.open(settings(), volume, "4k writes beside nobody", 2)) {
      trial.startMeasuring();
      device.arm(LosingDevice.Fault.LOSE);
      run(trial, 0, 1);
      trial.stopMeasuring();

      assertThatThrownBy(trial::finish)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("wrong content at offset");
    }
  }

  @Test
  void oneThreadIsRefused() {
    assertThatThrownBy(
            () ->
                InterferenceTrial.open(settings(), "i-mutex", "end-io", "commits beside nobody", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("INTERFERENCE needs two threads, not 1");
  }

  @Test
  void everyVariantOfTheCatalogueIsUnderstood() {
    for (String variant : Workload.INTERFERENCE.variants()) {
      InterferenceVariant parsed = InterferenceVariant.parse(variant);
      assertThat(parsed.measured()).isNotEqualTo(InterferenceVariant.Load.NOBODY);
    }
    assertThat(Workload.INTERFERENCE.variants()).hasSize(30);
  }

  private static void run(InterferenceTrial trial, int index, int operations) throws IOException {
    for (int i = 0; i < operations; i++) {
      trial.worker(index).next();
    }
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
        FILE_BYTES,
        directory.resolve("result").toString());
  }
}
