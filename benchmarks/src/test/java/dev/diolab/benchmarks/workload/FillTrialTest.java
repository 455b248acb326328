package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.record.ArrivalResult;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.results.run.CellHistograms;
import dev.diolab.results.run.Phase;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FillTrialTest {
  private static final int CHUNKS = 2;
  private static final long FILE_BYTES = (long) CHUNKS * ChunkedFill.CHUNK_BYTES;
  private static final int THREADS = 3;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i-mutex          | end-io      | unwritten, no sync",
        "placeholder      | end-io      | unwritten, fdatasync",
        "overwrite-nolock | sync-commit | unwritten, dsync",
        "iomap-endio      | end-io      | zeroed, fdatasync",
        "no-lock          | end-io      | rewritten, no sync",
        "i-mutex          | end-io      | unwritten, fdatasync, depth 16",
        "placeholder      | end-io      | unwritten, dsync, depth 4",
        "overwrite-nolock | end-io      | unwritten, no sync, depth 16",
        "iomap-endio      | sync-commit | unwritten, fdatasync, depth 16",
        "no-lock          | end-io      | zeroed, fdatasync, depth 64",
        "i-mutex          | buffered-fallback | unwritten, fdatasync, depth 4",
        "iomap-endio      | zero-ahead-16 | unwritten, dsync",
        "placeholder      | lazy-zero   | unwritten, dsync"
      })
  void writesEveryBlockOnceAndChecksIt(String strategy, String policy, String variant)
      throws Exception {
    RoundResult result;
    try (FillTrial trial = FillTrial.open(settings(), strategy, policy, variant, THREADS)) {
      trial.startPass(false);
      Workers.run(THREADS, trial::work);
      assertThat(trial.endPass(false)).isNull();
      trial.startPass(true);
      Workers.run(THREADS, trial::work);
      result = Objects.requireNonNull(trial.endPass(true));
    }

    assertThat(result.operations()).isEqualTo(CHUNKS * ChunkedFill.WRITES_PER_CHUNK);
    assertThat(result.bytes()).isEqualTo(FILE_BYTES);
    assertThat(result.checkedBytes()).isEqualTo(FILE_BYTES);
    assertThat(result.deviceBytesWritten()).isGreaterThanOrEqualTo(FILE_BYTES);
    assertThat(result.extentsAfter()).isPositive();
    assertThat(result.extentsBefore() == 0).isEqualTo(variant.startsWith("unwritten"));
    assertThat(result.fillSeconds() != null).isEqualTo(variant.startsWith("zeroed"));
    boolean allIsZeroedOnce = variant.startsWith("zeroed") || policy.startsWith("zero-ahead");
    if (policy.equals("lazy-zero")) { // what its thread reached before the writes
      assertThat(result.bytesZeroed()).isBetween(0L, FILE_BYTES);
    } else {
      assertThat(result.bytesZeroed()).isEqualTo(allIsZeroedOnce ? FILE_BYTES : 0);
    }
    assertThat(
            RoundFiles.read(Path.of(settings().result()))
                .histograms()
                .all(Phase.SYNC)
                .getTotalCount())
        .isEqualTo(variant.contains("fdatasync") ? CHUNKS : 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i-mutex          | end-io            | unwritten, no sync",
        "i-mutex          | buffered-fallback | unwritten, fdatasync",
        "placeholder      | lazy-zero         | unwritten, dsync",
        "overwrite-nolock | zero-ahead-16     | unwritten, dsync",
        "iomap-endio      | end-io            | zeroed, fdatasync",
        "no-lock          | end-io            | rewritten, no sync"
      })
  void writesTheBlocksThatAreDueAndLeavesTheOthers(String strategy, String policy, String variant)
      throws Exception {
    RoundResult result = arrive(openLoop(2_000, 0.05), strategy, policy, variant);

    ArrivalResult arrivals = Objects.requireNonNull(result.arrivals());
    assertThat(arrivals.due()).isEqualTo(100);
    assertThat(arrivals.dueSeconds()).isEqualTo(0.05);
    assertThat(result.operations()).isPositive().isEqualTo(arrivals.due() - arrivals.unsent());
    assertThat(result.seconds()).isEqualTo(arrivals.seconds()).isGreaterThanOrEqualTo(0.05);
    assertThat(result.bytes()).isEqualTo(result.operations() * ChunkedFill.WRITE_BYTES);
    assertThat(result.checkedBytes())
        .as("what is preallocated")
        .isEqualTo(variant.startsWith("unwritten") ? ChunkedFill.CHUNK_BYTES : FILE_BYTES);
    assertThat(result.fillSeconds()).as("no time before a rate").isNull();
    CellHistograms histograms = RoundFiles.read(Path.of(settings().result())).histograms();
    assertThat(histograms.all(Phase.RESPONSE).getTotalCount()).isEqualTo(result.operations());
    assertThat(histograms.all(Phase.RESPONSE).getMean())
        .isGreaterThanOrEqualTo(histograms.all(Phase.TOTAL).getMean());
  }

  @Test
  void writesArriveUntilTheFileHasNoBlockForMore() throws Exception {
    RoundResult result =
        arrive(openLoop(8_000, 60), "overwrite-nolock", "end-io", "rewritten, fdatasync");

    ArrivalResult arrivals = Objects.requireNonNull(result.arrivals());
    assertThat(arrivals.due()).isEqualTo(CHUNKS * ChunkedFill.WRITES_PER_CHUNK);
    assertThat(arrivals.dueSeconds()).isBetween(0.255, 0.257);
    assertThat(result.operations()).isEqualTo(arrivals.due() - arrivals.unsent());
    assertThat(
            RoundFiles.read(Path.of(settings().result()))
                .histograms()
                .all(Phase.SYNC)
                .getTotalCount())
        .isLessThanOrEqualTo(CHUNKS);
  }

  @Test
  void failsWhenAWriteThatWasDueIsLost() throws Exception {
    LosingDevice device =
        new LosingDevice(VolumeShape.deviceBytes(FILE_BYTES), ChunkedFill.WRITE_BYTES);
    WorkVolume volume = WorkVolume.format(device, 4096, "i-mutex", "end-io");
    try (FillTrial trial = FillTrial.open(openLoop(2_000, 0.05), volume, "unwritten, no sync", 1)) {
      trial.startPass(true);
      device.arm(LosingDevice.Fault.LOSE);
      trial.work(0);

      assertThatThrownBy(() -> trial.endPass(true))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("wrong content at offset");
    }
  }

  private static RoundResult arrive(
      ForkSettings settings, String strategy, String policy, String variant) throws Exception {
    try (FillTrial trial = FillTrial.open(settings, strategy, policy, variant, THREADS)) {
      trial.startPass(false);
      Workers.run(THREADS, trial::work);
      assertThat(trial.endPass(false)).isNull();
      trial.startPass(true);
      Workers.run(THREADS, trial::work);
      return Objects.requireNonNull(trial.endPass(true));
    }
  }

  @Test
  void failsWhenAWriteIsLost() throws Exception {
    LosingDevice device =
        new LosingDevice(VolumeShape.deviceBytes(FILE_BYTES), ChunkedFill.WRITE_BYTES);
    WorkVolume volume = WorkVolume.format(device, 4096, "i-mutex", "end-io");
    try (FillTrial trial = FillTrial.open(settings(), volume, "unwritten, no sync", 1)) {
      trial.startPass(true);
      device.arm(LosingDevice.Fault.LOSE);
      trial.work(0);

      assertThatThrownBy(() -> trial.endPass(true))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("wrong content at offset");
    }
  }

  @Test
  void knowsAllVariantsOfTheWorkload() {
    assertThat(Workload.TSO32.variants())
        .allSatisfy(variant -> assertThat(FillVariant.parse(variant)).hasToString(variant));
  }

  private ForkSettings settings() {
    return PassTests.settings(directory, FILE_BYTES);
  }

  private ForkSettings openLoop(double rate, double seconds) {
    return PassTests.openLoop(directory, FILE_BYTES, rate, seconds);
  }
}
