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

class BrokerTrialTest {
  private static final long FILE_BYTES = 8L << 20;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i-mutex          | end-io            | 1 file, fdatasync every 1                     | 1",
        "i-mutex          | buffered-fallback | 16 files, fdatasync every 256                 | 1",
        "placeholder      | end-io            | 16 files, fdatasync every 16                  | 2",
        "overwrite-nolock | sync-commit       | 16 files, fdatasync every 16, truncate ahead  | 2",
        "iomap-endio      | workqueue         | 16 files, fdatasync every 256, truncate ahead | 2",
        "no-lock          | end-io            | 64 files, fdatasync every 1, truncate ahead   | 4"
      })
  void appendsToAllFilesAndCutsOffWhatWasPreallocatedForNothing(
      String strategy, String policy, String label, int shards) throws Exception {
    ForkSettings settings = PassTests.settings(directory, FILE_BYTES);
    Map<String, RoundResult> results;
    try (BrokerTrial trial = BrokerTrial.open(settings, strategy, policy, label, shards)) {
      results = PassTests.run(trial, shards);
    }

    BrokerVariant variant = BrokerVariant.parse(label);
    RoundResult appends = PassTests.part(results, settings, "append");
    RoundResult submits = PassTests.part(results, settings, "submit");
    RoundResult growths = PassTests.part(results, settings, "grow");
    assertThat(appends.bytes()).isEqualTo(appends.operations() * BrokerFile.WRITE_BYTES);
    assertThat(submits.operations()).isEqualTo(appends.operations());
    assertThat(appends.checkedBytes())
        .as("each file is closed when most of it is written")
        .isBetween(FILE_BYTES * 3 / 4, FILE_BYTES);
    assertThat(growths.operations())
        .as("four steps for each file")
        .isGreaterThanOrEqualTo(4L * variant.files());
    assertThat(PassTests.syncs(settings, "append"))
        .as("each file is made durable every so many writes, and when it is closed")
        .isBetween(
            appends.operations() / variant.writesPerSync(),
            appends.operations() / variant.writesPerSync() + variant.files());
    assertThat(appends.extentsBefore()).isZero();
    assertThat(appends.extentsAfter()).isGreaterThanOrEqualTo(variant.files());
  }

  @Test
  void leavesShardsWithoutAFileIdle() throws Exception {
    ForkSettings settings = PassTests.settings(directory, 1L << 20);
    Map<String, RoundResult> results;
    try (BrokerTrial trial =
        BrokerTrial.open(settings, "iomap-endio", "end-io", "1 file, fdatasync every 16", 3)) {
      results = PassTests.run(trial, 3);
    }

    assertThat(PassTests.part(results, settings, "append").operations()).isPositive();
  }

  @Test
  void failsWhenAWriteIsLost() throws Exception {
    LosingDevice device =
        new LosingDevice(VolumeShape.deviceBytes(FILE_BYTES), BrokerFile.WRITE_BYTES);
    WorkVolume volume = WorkVolume.format(device, 4096, "i-mutex", "end-io");
    ForkSettings settings = PassTests.settings(directory, FILE_BYTES);
    try (BrokerTrial trial =
        BrokerTrial.open(settings, volume, "16 files, fdatasync every 16", 1)) {
      trial.startPass(true);
      device.arm(LosingDevice.Fault.LOSE);
      trial.work(0);

      assertThatThrownBy(() -> trial.endPass(true))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("wrong content at offset");
    }
  }

  @Test
  void refusesFilesThatAreTooSmall() throws Exception {
    ForkSettings settings = PassTests.settings(directory, 1L << 20);
    try (BrokerTrial trial =
        BrokerTrial.open(settings, "i-mutex", "end-io", "64 files, fdatasync every 1", 1)) {
      assertThatThrownBy(() -> trial.startPass(true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("must be at least 65536");
    }
  }

  @Test
  void knowsAllVariantsOfTheWorkload() {
    assertThat(Workload.BROKER_APPEND.variants())
        .hasSize(18)
        .allSatisfy(
            variant -> {
              BrokerVariant parsed = BrokerVariant.parse(variant);
              assertThat(variant).startsWith(parsed.files() + " file");
              assertThat(variant).contains("every " + parsed.writesPerSync());
              assertThat(variant.endsWith("ahead")).isEqualTo(parsed.truncatesAhead());
            });
  }
}
