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
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomSyncTrialTest {
  private static final long FILE_BYTES = 8L << 20;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i-mutex          | end-io            | 4k, unwritten  | 1",
        "i-mutex          | buffered-fallback | 4k, unwritten  | 1",
        "placeholder      | end-io            | 16k, written   | 1",
        "overwrite-nolock | sync-commit       | 16k, unwritten | 1",
        "iomap-endio      | end-io            | 4k, written    | 2",
        "no-lock          | end-io            | 4k, unwritten  | 1"
      })
  void writesEveryPageOnceBesideSyncs(
      String strategy, String policy, String variant, int submitters) throws Exception {
    int threads = submitters + 1;
    Map<RandomSyncPart, RoundResult> results;
    try (RandomSyncTrial trial =
        RandomSyncTrial.open(settings(), strategy, policy, variant, threads)) {
      trial.startPass(false);
      Workers.run(threads, trial::work);
      assertThat(trial.endPass(false)).isEmpty();
      trial.startPass(true);
      Workers.run(threads, trial::work);
      results = trial.endPass(true);
    }

    int pageBytes = RandomSyncVariant.parse(variant).pageBytes();
    for (RandomSyncPart part : RandomSyncPart.values()) {
      RoundResult result = Objects.requireNonNull(results.get(part));
      assertThat(result.operations()).isEqualTo(FILE_BYTES / pageBytes);
      assertThat(result.checkedBytes()).isEqualTo(FILE_BYTES);
      assertThat(result.deviceBytesWritten()).isGreaterThanOrEqualTo(FILE_BYTES);
    }
    Path completion =
        RoundFiles.ofPart(Path.of(settings().result()), RandomSyncPart.COMPLETION.label());
    assertThat(RoundFiles.read(completion).histograms().all(Phase.SYNC).getTotalCount())
        .isPositive();
  }

  @Test
  void failsWhenAWriteIsLost() throws Exception {
    LosingDevice device = new LosingDevice(VolumeShape.deviceBytes(FILE_BYTES), 16 << 10);
    WorkVolume volume = WorkVolume.format(device, 4096, "i-mutex", "end-io");
    try (RandomSyncTrial trial = RandomSyncTrial.open(settings(), volume, "16k, unwritten", 2)) {
      trial.startPass(true);
      device.arm(LosingDevice.Fault.LOSE);
      Workers.run(2, trial::work);

      assertThatThrownBy(() -> trial.endPass(true))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("wrong content at offset");
    }
  }

  @Test
  void tellsTheOneWhoSyncsAfterEachEighthOfTheWritesAndAtTheEnd() {
    SyncBeat beat = new SyncBeat(16);
    beat.completed();
    beat.completed();
    assertThat(beat.awaitTurn()).isTrue();
    for (int i = 0; i < 14; i++) {
      beat.completed();
    }
    assertThat(beat.awaitTurn()).isFalse();
  }

  @Test
  void letsTheOneWhoSyncsGoWhenASubmitterFails() {
    SyncBeat beat = new SyncBeat(16);
    beat.fail();
    assertThat(beat.awaitTurn()).isFalse();
  }

  @Test
  void knowsAllVariantsOfTheWorkload() {
    assertThat(Workload.AIO_RANDOM_SYNC.variants())
        .allSatisfy(
            variant -> assertThat(RandomSyncVariant.parse(variant).pageBytes()).isPositive());
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
