package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.image.ImageDevice;
import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.results.run.Phase;
import dev.diolab.results.run.Slices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PageTrialTest {
  private static final long FILE_BYTES = 4 << 20;
  private static final int THREADS = 4;
  private static final int OPERATIONS = 500;
  private static final long MINUTE_NANOS = 60_000_000_000L;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "i-mutex, 4k-write, 4096",
    "placeholder, 4k-mixed, 4096",
    "overwrite-nolock, 16k-write, 4096",
    "iomap-endio, 16k-mixed, 1024",
    "no-lock, 4k-mixed, 1024"
  })
  void recordsAndChecksEveryOperation(String strategy, String variant, int blockBytes)
      throws Exception {
    ForkSettings settings = settings(blockBytes);
    RoundResult result;
    try (PageTrial trial = PageTrial.open(settings, strategy, "end-io", variant, THREADS)) {
      trial.startSlices(new Stretch(false, MINUTE_NANOS));
      Workers.run(THREADS, index -> overwrite(trial, index, 50)); // warms up
      trial.startMeasuring();
      trial.startSlices(new Stretch(true, MINUTE_NANOS));
      Workers.run(THREADS, index -> overwrite(trial, index, OPERATIONS));
      trial.stopMeasuring();
      result = trial.finish();
    }

    assertThat(result.operations()).isEqualTo(THREADS * OPERATIONS);
    assertThat(result.bytes())
        .isEqualTo(result.operations() * PageVariant.parse(variant).pageBytes());
    assertThat(result.checkedBytes()).isEqualTo(FILE_BYTES);
    assertThat(result.extentsAfter()).isEqualTo(result.extentsBefore()).isPositive();
    assertThat(result.journalCommits()).isZero();
    assertThat(result.seconds()).isPositive();
    RoundFiles.Round round = RoundFiles.read(Path.of(settings.result()));
    assertThat(round.result()).isEqualTo(result);
    assertThat(round.histograms().all(Phase.DEVICE).getTotalCount()).isEqualTo(result.operations());
    Slices slices = Objects.requireNonNull(round.slices());
    assertThat(operations(slices.warmup())).isEqualTo(THREADS * 50);
    assertThat(operations(slices.measured())).isEqualTo(result.operations());
  }

  private static long operations(List<Slices.Slice> slices) {
    double seconds = MINUTE_NANOS / 1e9 / slices.size();
    return Math.round(slices.stream().mapToDouble(Slices.Slice::opsPerSecond).sum() * seconds);
  }

  @ParameterizedTest
  @EnumSource(
      value = LosingDevice.Fault.class,
      names = {"LOSE", "MISPLACE"})
  void failsWhenAWriteIsNotWhereItBelongs(LosingDevice.Fault fault) throws Exception {
    LosingDevice device = new LosingDevice(VolumeShape.deviceBytes(FILE_BYTES), 4096);
    WorkVolume volume = WorkVolume.format(device, 4096, "i-mutex", "end-io");
    try (PageTrial trial = PageTrial.open(settings(4096), volume, "4k-write", 1)) {
      trial.startMeasuring();
      overwrite(trial, 0, 10);
      device.arm(fault);
      overwrite(trial, 0, 1);
      trial.stopMeasuring();

      assertThatThrownBy(trial::finish)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("wrong content at offset");
    }
    assertThat(RoundFiles.exist(Path.of(settings(4096).result()))).isFalse();
  }

  @Test
  void failsWhenNothingWasMeasured() throws Exception {
    try (PageTrial trial =
        PageTrial.open(settings(4096), "no-lock", "end-io", "4k-write", THREADS)) {
      trial.startMeasuring();
      trial.stopMeasuring();

      assertThatThrownBy(trial::finish)
          .isInstanceOf(AssertionError.class)
          .hasMessage("no operation was recorded");
    }
  }

  private static void overwrite(PageTrial trial, int index, int operations) throws IOException {
    for (int i = 0; i < operations; i++) {
      trial.worker(index).next();
    }
  }

  private ForkSettings settings(int blockBytes) {
    return new ForkSettings(
        null,
        ImageDevice.FILE,
        blockBytes,
        42,
        4711,
        FILE_BYTES,
        false,
        FILE_BYTES,
        directory.resolve("result").toString());
  }
}
