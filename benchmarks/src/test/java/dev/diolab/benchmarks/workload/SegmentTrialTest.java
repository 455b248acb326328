package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.record.RoundResult;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentTrialTest {
  private static final long LOG_BYTES = 4L << 20;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i-mutex          | end-io            | fallocate             | 1",
        "i-mutex          | buffered-fallback | zero-fill 1m          | 2",
        "placeholder      | end-io            | zero-fill 128k        | 2",
        "overwrite-nolock | sync-commit       | zero-fill 128k, dsync | 2",
        "iomap-endio      | group             | fallocate             | 32",
        "iomap-endio      | end-io            | zero-fill 1m, dsync   | 3",
        "no-lock          | end-io            | recycle               | 4"
      })
  void writesAllSegmentsOfAllLogsWhileTheNextOnesAreMade(
      String strategy, String policy, String variant, int logs) throws Exception {
    ForkSettings settings = PassTests.settings(directory, LOG_BYTES);
    Map<String, RoundResult> results;
    try (SegmentTrial trial = SegmentTrial.open(settings, strategy, policy, variant, logs + 1)) {
      results = PassTests.run(trial, logs + 1);
    }

    RoundResult between = PassTests.part(results, settings, "between creations");
    RoundResult during = PassTests.part(results, settings, "in creation");
    RoundResult rolls = PassTests.part(results, settings, "roll");
    RoundResult creations = PassTests.part(results, settings, "creation");
    long segmentBytes =
        LOG_BYTES
            / logs
            / SegmentTrial.SEGMENTS
            / SegmentWriter.WRITE_BYTES
            * SegmentWriter.WRITE_BYTES;
    long written = (long) logs * SegmentTrial.SEGMENTS * segmentBytes;
    assertThat(between.bytes() + during.bytes()).isEqualTo(written);
    assertThat(between.deviceBytesWritten() + during.deviceBytesWritten())
        .isGreaterThanOrEqualTo(written);
    assertThat(during.operations())
        .as("some write of a log meets each creation")
        .isGreaterThanOrEqualTo(SegmentTrial.SEGMENTS - 1L);
    assertThat(rolls.operations()).isEqualTo((long) logs * SegmentTrial.SEGMENTS);
    assertThat(creations.operations()).isEqualTo(logs * (SegmentTrial.SEGMENTS - 1L));
    assertThat(between.checkedBytes()).isEqualTo(variant.equals("recycle") ? written / 2 : written);
  }

  @Test
  void failsWhenAWriteIsLost() throws Exception {
    LosingDevice device =
        new LosingDevice(VolumeShape.deviceBytes(LOG_BYTES), SegmentWriter.WRITE_BYTES);
    WorkVolume volume = WorkVolume.format(device, 4096, "i-mutex", "end-io");
    ForkSettings settings = PassTests.settings(directory, LOG_BYTES);
    try (SegmentTrial trial = SegmentTrial.open(settings, volume, "recycle", 2)) {
      trial.startPass(true);
      // The first half of the writes is overwritten by the second.
      int writes = (int) (LOG_BYTES / SegmentWriter.WRITE_BYTES);
      device.armAfter(writes * 3 / 4, LosingDevice.Fault.LOSE);
      Workers.run(2, trial::work);

      assertThatThrownBy(() -> trial.endPass(true))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("wrong content at offset");
    }
  }

  @Test
  void knowsAllVariantsOfTheWorkload() {
    assertThat(Workload.SEG_ROLL.variants())
        .containsExactlyElementsOf(
            Arrays.stream(SegmentCreation.values()).map(SegmentCreation::label).toList())
        .allSatisfy(
            variant -> assertThat(SegmentCreation.parse(variant).label()).isEqualTo(variant));
  }
}
