package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.Cells;
import dev.diolab.results.run.Slices;
import dev.diolab.results.run.Slices.Slice;
import dev.diolab.results.stats.NoiseFloor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class DriftTest {
  private static final List<Slice> WARMUP = List.of(new Slice(10, 900), new Slice(80, 200));

  @Test
  void aCellThatStaysAsItIsHasSettled() {
    assertThat(Drift.of(measured(i -> 100 + i % 2, i -> 50 - i % 3))).isEmpty();
  }

  @Test
  void whatTheWarmUpDidPlaysNoPart() {
    assertThat(Drift.of(measured(i -> 100, i -> 50))).isEmpty();
  }

  @Test
  void aRisingThroughputDrifts() {
    Drift drift = Drift.of(measured(i -> 100 * Math.pow(1.01, i), i -> 50)).orElseThrow();

    assertThat(drift.p99()).isZero();
    assertThat(drift.title()).isEqualTo("throughput +15 %");
  }

  @Test
  void aChangingTailDriftsThoughThroughputDoesNot() {
    Drift drift = Drift.of(measured(i -> 100, i -> 50 / Math.pow(1.03, i))).orElseThrow();

    assertThat(drift.throughput()).isZero();
    assertThat(drift.title()).isEqualTo("p99 -34 %");
  }

  @Test
  void aDriftWithinTheNoiseOfTheWorkloadDoesNotMatter() {
    Measured rising = measured(i -> 100 * Math.pow(1.01, i), i -> 50);
    Floors below = new Floors(new NoiseFloor(1.06), Map.of());
    Floors above = new Floors(new NoiseFloor(1.08), Map.of());

    assertThat(Drift.of(rising.with(below))).isPresent();
    assertThat(Drift.of(rising.with(above))).isEmpty();
    assertThat(Drift.of(measured(i -> 1000 + i, i -> 50))).as("below the least floor").isEmpty();
  }

  @Test
  void aCellWithoutSlicesIsNotJudged() {
    assertThat(Drift.of(Cells.of("i-mutex").measured())).isEmpty();
  }

  @Test
  void findingsSayThatALeaderHadNotSettled() {
    List<Measured> cells =
        List.of(
            Cells.of("i-mutex").opsPerSecond(990, 1010).measured(),
            Cells.of("iomap-endio")
                .opsPerSecond(3390, 3410)
                .slices(slices(i -> 100 * Math.pow(1.01, i), i -> 50))
                .measured());

    assertThat(Findings.of(Comparison.of(cells).getFirst()))
        .first()
        .asString()
        .startsWith("At 16 threads iomap-endio (3,400 ops/s) is fastest;")
        .endsWith(" Still drifting while measured: iomap-endio (throughput +15 %).");
  }

  @Test
  void findingsDoNotMentionOthersThatHadNotSettled() {
    List<Measured> cells =
        List.of(
            Cells.of("i-mutex")
                .opsPerSecond(990, 1010)
                .slices(slices(i -> 100 * Math.pow(1.01, i), i -> 50))
                .measured(),
            Cells.of("iomap-endio").opsPerSecond(3390, 3410).measured());

    assertThat(Findings.of(Comparison.of(cells).getFirst()).getFirst()).doesNotContain("drifting");
  }

  private static Measured measured(IntToDoubleFunction opsPerSecond, IntToDoubleFunction p99Us) {
    return Cells.of("iomap-endio").slices(slices(opsPerSecond, p99Us)).measured();
  }

  private static Slices slices(IntToDoubleFunction opsPerSecond, IntToDoubleFunction p99Us) {
    List<Slice> measured = new ArrayList<>();
    for (int i = 0; i < 15; i++) {
      measured.add(new Slice(opsPerSecond.applyAsDouble(i), p99Us.applyAsDouble(i)));
    }
    return new Slices(WARMUP, measured);
  }
}
