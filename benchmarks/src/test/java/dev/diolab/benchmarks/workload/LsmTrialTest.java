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

class LsmTrialTest {
  private static final long FILE_BYTES = 40L << 20;
  private static final long LOG_BYTES = FILE_BYTES / 8;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i-mutex          | end-io            | 4 flushers, recycled             | 2",
        "i-mutex          | buffered-fallback | 1 flusher, unwritten beyond EOF  | 1",
        "placeholder      | end-io            | 4 flushers, unwritten beyond EOF | 8",
        "overwrite-nolock | sync-commit       | 1 flusher, recycled              | 8",
        "iomap-endio      | group             | 4 flushers, unwritten beyond EOF | 8",
        "no-lock          | end-io            | 4 flushers, recycled             | 8"
      })
  void commitsTheWholeLogBesideTables(String strategy, String policy, String label, int clients)
      throws Exception {
    ForkSettings settings = PassTests.settings(directory, FILE_BYTES);
    int workers = clients + LsmTrial.MOST_FLUSHERS;
    Map<String, RoundResult> results;
    try (LsmTrial trial = LsmTrial.open(settings, strategy, policy, label, workers)) {
      results = PassTests.run(trial, workers);
    }

    int flushers = LsmVariant.parse(label).flushers();
    RoundResult commits = PassTests.part(results, settings, "commit");
    RoundResult logWrites = PassTests.part(results, settings, "log write");
    RoundResult tableWrites = PassTests.part(results, settings, "table write");
    RoundResult reads = PassTests.part(results, settings, "compaction read");
    RoundResult ends = PassTests.part(results, settings, "table end");
    assertThat(commits.bytes()).isEqualTo(LOG_BYTES);
    assertThat(logWrites.bytes()).as("with pages written again").isGreaterThan(LOG_BYTES);
    assertThat(PassTests.syncs(settings, "log write")).isEqualTo(logWrites.operations());
    assertThat(ends.operations()).as("at least one of each").isGreaterThanOrEqualTo(flushers);
    assertThat(tableWrites.operations()).isGreaterThanOrEqualTo(ends.operations());
    assertThat(reads.operations()).isGreaterThanOrEqualTo(ends.operations());
    assertThat(commits.checkedBytes()).as("log and tables").isGreaterThan(LOG_BYTES);
  }

  @Test
  void failsWhenATableLosesAWrite() throws Exception {
    LosingDevice device =
        new LosingDevice(VolumeShape.deviceBytes(FILE_BYTES), LsmFlusher.WRITE_BYTES);
    WorkVolume volume = WorkVolume.format(device, 4096, "i-mutex", "end-io");
    ForkSettings settings = PassTests.settings(directory, FILE_BYTES);
    int workers = 1 + LsmTrial.MOST_FLUSHERS;
    try (LsmTrial trial = LsmTrial.open(settings, volume, "1 flusher, recycled", workers)) {
      trial.startPass(true);
      device.arm(LosingDevice.Fault.LOSE);

      assertThatThrownBy(() -> Workers.run(workers, trial::work))
          .hasStackTraceContaining("a read found wrong content at offset");
    }
  }

  @Test
  void refusesToRunWithoutRoomForTables() throws Exception {
    ForkSettings settings = PassTests.settings(directory, 8L << 20);
    int workers = 1 + LsmTrial.MOST_FLUSHERS;
    try (LsmTrial trial =
        LsmTrial.open(settings, "i-mutex", "end-io", "1 flusher, recycled", workers)) {
      assertThatThrownBy(() -> trial.startPass(true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("no room for tables");
    }
  }

  @Test
  void knowsAllVariantsOfTheWorkload() {
    assertThat(Workload.LSM_FLUSH_WAL.variants())
        .hasSize(4)
        .allSatisfy(
            variant ->
                assertThat(variant).startsWith(LsmVariant.parse(variant).flushers() + " flusher"));
    assertThat(Workload.LSM_FLUSH_WAL.extraThreads()).isEqualTo(LsmTrial.MOST_FLUSHERS);
  }
}
