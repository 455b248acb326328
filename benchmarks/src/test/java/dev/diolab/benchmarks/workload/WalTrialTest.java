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
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalTrialTest {
  private static final long LOG_BYTES = 4L << 20;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i-mutex          | end-io            | hole, dsync                     | 1",
        "i-mutex          | buffered-fallback | unwritten, fdatasync            | 8",
        "placeholder      | end-io            | unwritten beyond EOF, dsync     | 8",
        "overwrite-nolock | sync-commit       | unwritten beyond EOF, fdatasync | 3",
        "iomap-endio      | end-io            | unwritten, dsync                | 64",
        "iomap-endio      | end-io            | zeroed, fdatasync               | 8",
        "no-lock          | end-io            | recycled, dsync                 | 8"
      })
  void commitsTheWholeLogInGroups(String strategy, String policy, String variant, int clients)
      throws Exception {
    Map<WalPart, RoundResult> results;
    try (WalTrial trial = WalTrial.open(settings(LOG_BYTES), strategy, policy, variant, clients)) {
      trial.startPass(false);
      Workers.run(clients, trial::work);
      assertThat(trial.endPass(false)).isEmpty();
      trial.startPass(true);
      Workers.run(clients, trial::work);
      results = trial.endPass(true);
    }

    RoundResult commits = Objects.requireNonNull(results.get(WalPart.COMMIT));
    RoundResult writes = Objects.requireNonNull(results.get(WalPart.LOG_WRITE));
    assertThat(commits.bytes()).isEqualTo(LOG_BYTES);
    assertThat(commits.checkedBytes()).isEqualTo(LOG_BYTES);
    assertThat(writes.operations()).isBetween(1L, commits.operations());
    assertThat(writes.bytes()).as("with pages written again").isGreaterThan(LOG_BYTES);
    assertThat(commits.fillSeconds() != null).isEqualTo(variant.startsWith("zeroed"));
    Path base = RoundFiles.ofPart(Path.of(settings(LOG_BYTES).result()), WalPart.LOG_WRITE.label());
    assertThat(RoundFiles.read(base).histograms().all(Phase.SYNC).getTotalCount())
        .isEqualTo(variant.endsWith("fdatasync") ? writes.operations() : 0);
  }

  @Test
  void fillsSeveralSegments() throws Exception {
    long bytes = 32L << 20;
    Map<WalPart, RoundResult> results;
    try (WalTrial trial =
        WalTrial.open(settings(bytes), "iomap-endio", "end-io", "unwritten, dsync", 2)) {
      trial.startPass(true);
      Workers.run(2, trial::work);
      results = trial.endPass(true);
    }

    RoundResult commits = Objects.requireNonNull(results.get(WalPart.COMMIT));
    assertThat(commits.bytes()).isEqualTo(bytes);
    assertThat(commits.checkedBytes()).isEqualTo(bytes);
    assertThat(commits.extentsBefore()).isGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "i-mutex          | end-io            | hole, dsync                     | 1",
        "i-mutex          | buffered-fallback | unwritten, fdatasync            | 4",
        "placeholder      | end-io            | unwritten beyond EOF, dsync     | 4",
        "overwrite-nolock | zero-ahead-16     | unwritten, dsync                | 3",
        "iomap-endio      | end-io            | zeroed, fdatasync               | 4",
        "no-lock          | end-io            | recycled, dsync                 | 4"
      })
  void commitsWhatArrivesAndLeavesTheRestOfTheLog(
      String strategy, String policy, String variant, int clients) throws Exception {
    Map<WalPart, RoundResult> results =
        arrive(openLoop(LOG_BYTES, 2_000, 0.05), strategy, policy, variant, clients);

    assertThat(results).containsOnlyKeys(WalPart.COMMIT);
    RoundResult commits = commits(results);
    ArrivalResult arrivals = Objects.requireNonNull(commits.arrivals());
    assertThat(arrivals.due()).isEqualTo(100);
    assertThat(arrivals.dueSeconds()).isEqualTo(0.05);
    assertThat(commits.operations()).isEqualTo(arrivals.due() - arrivals.unsent());
    assertThat(commits.seconds()).isEqualTo(arrivals.seconds()).isGreaterThanOrEqualTo(0.05);
    assertThat(commits.bytes()).isBetween(commits.operations() * WalLog.PAGE_BYTES, LOG_BYTES / 2);
    assertThat(commits.checkedBytes())
        .isEqualTo(variant.contains("beyond EOF") ? commits.bytes() : LOG_BYTES);
    assertThat(commits.fillSeconds()).as("no time before a rate").isNull();
    Path base = RoundFiles.ofPart(Path.of(settings(LOG_BYTES).result()), WalPart.COMMIT.label());
    CellHistograms histograms = RoundFiles.read(base).histograms();
    assertThat(histograms.all(Phase.RESPONSE).getTotalCount()).isEqualTo(commits.operations());
    assertThat(histograms.all(Phase.RESPONSE).getMean())
        .isGreaterThanOrEqualTo(histograms.all(Phase.TOTAL).getMean());
  }

  @Test
  void recordsArriveUntilTheLogHasNoRoomTheSameForAllStrategies() throws Exception {
    ForkSettings settings = openLoop(1 << 20, 2_000, 60);

    ArrivalResult one = arrivals(arrive(settings, "i-mutex", "end-io", "recycled, dsync", 4));
    ArrivalResult other = arrivals(arrive(settings, "no-lock", "end-io", "hole, fdatasync", 4));

    assertThat(one.dueSeconds()).isBetween(0.01, 0.128).isEqualTo(other.dueSeconds());
    assertThat(one.due()).isBetween(20L, 256L).isEqualTo(other.due());
  }

  @Test
  void whatNobodyCouldCommitInTimeIsUnsentAndIsNotInTheLog() throws Exception {
    long bytes = 32L << 20;
    Map<WalPart, RoundResult> results =
        arrive(
            openLoop(bytes, 250_000, 1), "iomap-endio", "end-io", "unwritten beyond EOF, dsync", 1);

    RoundResult commits = commits(results);
    ArrivalResult arrivals = arrivals(results);
    assertThat(arrivals.unsent()).isPositive();
    assertThat(commits.operations()).isPositive().isEqualTo(arrivals.due() - arrivals.unsent());
    assertThat(commits.bytes()).isLessThan(bytes);
    assertThat(commits.checkedBytes()).isEqualTo(commits.bytes());
  }

  @Test
  void failsWhenAWriteOfAnArrivalIsLost() throws Exception {
    LosingDevice device =
        new LosingDevice(VolumeShape.deviceBytes(LOG_BYTES), WalLog.PAGE_BYTES * 32);
    WorkVolume volume = WorkVolume.format(device, 4096, "i-mutex", "end-io");
    ForkSettings settings = openLoop(LOG_BYTES, 2_000, 60);
    try (WalTrial trial = WalTrial.open(settings, volume, "recycled, fdatasync", 1)) {
      trial.startPass(true);
      device.arm(LosingDevice.Fault.LOSE);
      trial.work(0);

      assertThatThrownBy(() -> trial.endPass(true))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("wrong content at offset");
    }
  }

  /** A pass that warms up in a closed loop, and one in which records arrive. */
  private static Map<WalPart, RoundResult> arrive(
      ForkSettings settings, String strategy, String policy, String variant, int clients)
      throws Exception {
    try (WalTrial trial = WalTrial.open(settings, strategy, policy, variant, clients)) {
      trial.startPass(false);
      Workers.run(clients, trial::work);
      assertThat(trial.endPass(false)).isEmpty();
      trial.startPass(true);
      Workers.run(clients, trial::work);
      return trial.endPass(true);
    }
  }

  private static RoundResult commits(Map<WalPart, RoundResult> results) {
    return Objects.requireNonNull(results.get(WalPart.COMMIT));
  }

  private static ArrivalResult arrivals(Map<WalPart, RoundResult> results) {
    return Objects.requireNonNull(commits(results).arrivals());
  }

  @Test
  void failsWhenAWriteIsLost() throws Exception {
    LosingDevice device =
        new LosingDevice(VolumeShape.deviceBytes(LOG_BYTES), WalLog.PAGE_BYTES * 32);
    WorkVolume volume = WorkVolume.format(device, 4096, "i-mutex", "end-io");
    try (WalTrial trial = WalTrial.open(settings(LOG_BYTES), volume, "recycled, fdatasync", 1)) {
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
    assertThat(Workload.WAL_COMMIT.variants())
        .hasSize(10)
        .allSatisfy(variant -> assertThat(WalVariant.parse(variant)).hasToString(variant));
  }

  private ForkSettings settings(long bytes) {
    return PassTests.settings(directory, bytes);
  }

  private ForkSettings openLoop(long bytes, double rate, double seconds) {
    return PassTests.openLoop(directory, bytes, rate, seconds);
  }
}
