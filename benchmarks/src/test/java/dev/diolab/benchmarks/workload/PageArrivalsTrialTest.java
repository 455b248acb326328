package dev.diolab.benchmarks.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.load.LoadClock;
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

class PageArrivalsTrialTest {
  private static final long FILE_BYTES = 4 << 20;
  private static final int THREADS = 4;
  private static final double SECONDS = 0.05;

  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "i-mutex, 4k-write",
    "placeholder, 4k-mixed",
    "overwrite-nolock, 16k-write",
    "iomap-endio, 16k-mixed",
    "no-lock, 4k-mixed"
  })
  void everyOperationThatIsDueIsRecordedOrCounted(String strategy, String variant)
      throws Exception {
    RoundResult result = run(strategy, variant, 2_000);

    ArrivalResult arrivals = Objects.requireNonNull(result.arrivals());
    assertThat(arrivals.opsPerSecond()).isEqualTo(2_000);
    assertThat(arrivals.due()).isEqualTo(100);
    assertThat(arrivals.dueSeconds()).isEqualTo(SECONDS);
    assertThat(result.operations()).isEqualTo(arrivals.due() - arrivals.unsent());
    assertThat(result.seconds()).isEqualTo(arrivals.seconds()).isGreaterThanOrEqualTo(SECONDS);
    assertThat(result.checkedBytes()).isEqualTo(FILE_BYTES);
    RoundFiles.Round round = RoundFiles.read(Path.of(settings(2_000).result()));
    assertThat(round.result()).isEqualTo(result);
    CellHistograms histograms = round.histograms();
    assertThat(histograms.all(Phase.RESPONSE).getTotalCount()).isEqualTo(result.operations());
    assertThat(histograms.all(Phase.TOTAL).getTotalCount()).isEqualTo(result.operations());
    assertThat(histograms.all(Phase.RESPONSE).getMean())
        .isGreaterThanOrEqualTo(histograms.all(Phase.TOTAL).getMean());
  }

  @Test
  void whatNobodyCouldDoIsUnsentAndTheFileHoldsWhatWasSent() throws Exception {
    RoundResult result = run("i-mutex", "4k-write", 1e7);

    ArrivalResult arrivals = Objects.requireNonNull(result.arrivals());
    assertThat(arrivals.due()).isEqualTo(500_000);
    assertThat(arrivals.unsent()).isPositive();
    assertThat(result.operations()).isPositive().isEqualTo(arrivals.due() - arrivals.unsent());
    assertThat(result.checkedBytes()).isEqualTo(FILE_BYTES);
  }

  private RoundResult run(String strategy, String variant, double rate) throws Exception {
    try (PageArrivalsTrial trial =
        PageArrivalsTrial.open(
            settings(rate), strategy, "end-io", variant, THREADS, LoadClock.system())) {
      return Objects.requireNonNull(PassTests.run(trial, THREADS).get(""));
    }
  }

  private ForkSettings settings(double rate) {
    return PassTests.openLoop(directory, FILE_BYTES, rate, SECONDS);
  }
}
