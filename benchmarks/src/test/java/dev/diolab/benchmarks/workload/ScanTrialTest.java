package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.results.run.Phase;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScanTrialTest {
  private static final long FILE_BYTES = 32L << 20;
  private static final int WRITERS = 4;

  /** Three eighths of the pages are written first, and each first write comes with 1.5 others. */
  private static final long WRITES = (long) (FILE_BYTES / ScanFile.PAGE_BYTES * 3 / 8 * 2.5);

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "i-mutex, end-io, 1 file",
    "placeholder, end-io, 1 file",
    "overwrite-nolock, sync-commit, 1 file",
    "iomap-endio, end-io, 4 files",
    "no-lock, end-io, 1 file"
  })
  void measuresEveryPartAndChecksWhatWasWritten(String strategy, String policy, String variant)
      throws Exception {
    Map<ScanPart, RoundResult> results;
    try (ScanTrial trial = ScanTrial.open(settings(), strategy, policy, variant, WRITERS + 1)) {
      trial.startPass(false);
      Workers.run(WRITERS + 1, trial::work);
      assertThat(trial.endPass(false)).isEmpty();
      trial.startPass(true);
      Workers.run(WRITERS + 1, trial::work);
      results = trial.endPass(true);
    }

    RoundResult between = resultOf(results, ScanPart.BETWEEN_SCANS);
    RoundResult inScan = resultOf(results, ScanPart.IN_SCAN);
    assertThat(between.operations() + inScan.operations()).isEqualTo(WRITES);
    assertThat(between.deviceBytesWritten() + inScan.deviceBytesWritten())
        .isGreaterThanOrEqualTo(WRITES * ScanFile.PAGE_BYTES);
    assertThat(deviceBytesOfOne(between)).isBetween(0.6, 1.9);
    assertThat(deviceBytesOfOne(inScan)).as("what one byte in scan costs").isBetween(0.6, 1.9);
    assertThat(resultOf(results, ScanPart.TRUNCATE).operations()).isEqualTo(ScanSchedule.PERIODS);
    assertThat(resultOf(results, ScanPart.PUNCH).operations()).isBetween(WRITES / 6, WRITES / 3);
    assertThat(between.extentsAfter()).isGreaterThan(between.extentsBefore());
    assertThat(between.checkedBytes()).isEqualTo(FILE_BYTES);
    for (ScanPart part : ScanPart.values()) {
      RoundFiles.Round round =
          RoundFiles.read(RoundFiles.ofPart(Path.of(settings().result()), part.label()));
      assertThat(round.result()).isEqualTo(results.get(part));
      assertThat(round.result().seconds()).isPositive();
      assertThat(round.histograms().all(Phase.TOTAL).getTotalCount())
          .isEqualTo(round.result().operations());
    }
  }

  @Test
  void failsWhenWritesAreLost() throws Exception {
    LosingDevice device =
        new LosingDevice(VolumeShape.deviceBytes(FILE_BYTES), ScanFile.PAGE_BYTES);
    WorkVolume volume = WorkVolume.format(device, 4096, "i-mutex", "end-io");
    try (ScanTrial trial = ScanTrial.open(settings(), volume, "1 file", 2)) {
      trial.startPass(true);
      device.loseAll();

      // Where lost writes leave what others wrote before, the scanner may find it first.
      assertThatThrownBy(
              () -> {
                Workers.run(2, trial::work);
                trial.endPass(true);
              })
          .hasStackTraceContaining("AssertionError")
          .hasStackTraceContaining("wrong content at offset");
    }
  }

  @Test
  void knowsAllVariantsAndPartsOfTheWorkload() {
    assertThat(Workload.SCAN_PUNCH.variants())
        .extracting(variant -> ScanVariant.parse(variant).files())
        .containsExactly(1, 4);
    assertThat(Workload.SCAN_PUNCH.parts())
        .containsExactlyElementsOf(Arrays.stream(ScanPart.values()).map(ScanPart::label).toList());
  }

  private static RoundResult resultOf(Map<ScanPart, RoundResult> results, ScanPart part) {
    return Objects.requireNonNull(results.get(part));
  }

  private static double deviceBytesOfOne(RoundResult writes) {
    return (double) writes.deviceBytesWritten() / writes.bytes();
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
