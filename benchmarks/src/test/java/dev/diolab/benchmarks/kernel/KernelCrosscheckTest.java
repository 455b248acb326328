package dev.diolab.benchmarks.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.benchmarks.image.VolumeShape;
import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.benchmarks.record.PhaseRecorder;
import dev.diolab.engine.device.MemoryDevice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelCrosscheckTest {
  private static final long BYTES = 1 << 20;

  @Test
  void ratiosCompareOneThingAtATime() {
    for (FillRatio ratio : FillRatio.all(1, 8)) {
      FillCell over = ratio.over();
      FillCell under = ratio.under();
      int differences =
          (over.written() == under.written() ? 0 : 1)
              + (over.dsync() == under.dsync() ? 0 : 1)
              + (over.threads() == under.threads() ? 0 : 1);
      assertThat(differences).as(ratio.title()).isOne();
    }
    assertThat(FillRatio.cells(FillRatio.all(1, 8))).hasSize(8).doesNotHaveDuplicates();
  }

  @Test
  void everyTargetTakesItsTurnInEveryCellAndRound() throws IOException {
    List<String> turns = new ArrayList<>();
    List<FillTarget> targets = List.of(model("iomap-endio"), model("i-mutex"));
    KernelCrosscheck crosscheck = new KernelCrosscheck(targets, 2, BYTES, 3, 2);

    List<TargetFills> results = crosscheck.run(turns::add);

    assertThat(turns).hasSize(crosscheck.turns()).hasSize(2 * 8 * 3);
    assertThat(turns.get(0)).startsWith("iomap-endio");
    assertThat(turns.get(2)).startsWith("i-mutex");
    assertThat(results)
        .extracting(TargetFills::name)
        .containsExactly("iomap-endio + end-io", "i-mutex + end-io");
    for (FillRatio ratio : crosscheck.ratios()) {
      assertThat(results.get(0).ratios(ratio)).hasSize(2);
      assertThat(results.get(0).ratio(ratio)).isPositive();
    }
    FillCell dsync = new FillCell(false, true, 2);
    assertThat(results.get(1).phases(dsync).operations())
        .isEqualTo(2 * BYTES / FillFile.WRITE_BYTES);
  }

  @Test
  void ratioIsOfTheSameRound() {
    TargetFills fills = new TargetFills("any");
    FillRatio ratio = FillRatio.all(1, 4).get(0);
    for (double speed : new double[] {1, 10, 100}) {
      fills.add(ratio.over(), new Fill.Result(speed, new PhaseRecorder()));
      fills.add(ratio.under(), new Fill.Result(2 * speed, new PhaseRecorder()));
    }

    assertThat(fills.ratios(ratio)).containsExactly(0.5, 0.5, 0.5);
    assertThat(fills.opsPerSecond(ratio.over())).isEqualTo(10);
    assertThatThrownBy(() -> fills.ratio(FillRatio.all(1, 4).get(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not measured");
  }

  @ParameterizedTest
  @CsvSource({"0.50, 0.50, true", "0.40, 0.50, true", "0.37, 0.50, false", "0.70, 0.50, false"})
  void agreementIsFromThreeQuartersToFourThirds(double model, double kernel, boolean agrees) {
    assertThat(KernelCrosscheck.agrees(model, kernel)).isEqualTo(agrees);
  }

  private static ModelFiles model(String strategy) {
    return ModelFiles.on(
        () -> new MemoryDevice(VolumeShape.deviceBytes(2 * BYTES)),
        4096,
        new Contender(strategy, "end-io"));
  }
}
