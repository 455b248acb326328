package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.record.RoundResult;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeapTrialTest {
  private static final long FILE_BYTES = 8L << 20;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i-mutex          | end-io            | fallocate, direct   | 1",
        "i-mutex          | end-io            | zeros, buffered     | 4",
        "i-mutex          | buffered-fallback | fallocate, direct   | 4",
        "placeholder      | end-io            | fallocate, direct   | 8",
        "placeholder      | end-io            | fallocate, buffered | 4",
        "overwrite-nolock | sync-commit       | zeros, direct       | 4",
        "overwrite-nolock | end-io            | fallocate, buffered | 4",
        "iomap-endio      | end-io            | fallocate, buffered | 4",
        "iomap-endio      | zero-ahead-16     | fallocate, direct   | 4",
        "no-lock          | end-io            | zeros, direct       | 4"
      })
  void extendsTheRelationAndWritesEveryPageOnce(
      String strategy, String policy, String variant, int backends) throws Exception {
    ForkSettings settings = PassTests.settings(directory, FILE_BYTES);
    Map<String, RoundResult> results;
    try (HeapTrial trial = HeapTrial.open(settings, strategy, policy, variant, backends + 1)) {
      results = PassTests.run(trial, backends + 1);
    }

    RoundResult writes = PassTests.part(results, settings, "write");
    RoundResult extensions = PassTests.part(results, settings, "extend");
    RoundResult scan = PassTests.part(results, settings, "scan");
    assertThat(writes.bytes()).isEqualTo(FILE_BYTES);
    assertThat(writes.checkedBytes()).isEqualTo(FILE_BYTES);
    assertThat(writes.operations())
        .as("most pages are written by themselves")
        .isBetween(FILE_BYTES / HeapRelation.PAGE_BYTES / 4, FILE_BYTES / HeapRelation.PAGE_BYTES);
    assertThat(extensions.operations())
        .isEqualTo(FILE_BYTES / HeapRelation.PAGE_BYTES / HeapRelation.WANTED_PAGES);
    assertThat(scan.bytes()).isEqualTo(FILE_BYTES / 2);
    assertThat(PassTests.syncs(settings, "write")).isEqualTo(1);
  }

  @Test
  void failsWhenAWriteIsLost() throws Exception {
    LosingDevice device =
        new LosingDevice(VolumeShape.deviceBytes(FILE_BYTES), HeapRelation.PAGE_BYTES);
    WorkVolume volume = WorkVolume.format(device, 4096, "i-mutex", "end-io");
    ForkSettings settings = PassTests.settings(directory, FILE_BYTES);
    try (HeapTrial trial = HeapTrial.open(settings, volume, "fallocate, direct", 2)) {
      trial.startPass(true);
      device.arm(LosingDevice.Fault.LOSE);
      Workers.run(2, trial::work);

      assertThatThrownBy(() -> trial.endPass(true))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("wrong content at offset");
    }
  }

  @Test
  void knowsAllVariantsOfTheWorkload() {
    assertThat(Workload.HEAP_EXTEND.variants())
        .hasSize(4)
        .allSatisfy(variant -> assertThat(HeapVariant.parse(variant)).hasToString(variant));
  }
}
