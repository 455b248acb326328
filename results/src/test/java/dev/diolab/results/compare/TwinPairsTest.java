package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.diolab.results.Cells;
import dev.diolab.results.stats.NoiseFloor;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwinPairsTest {
  private static final Measured CELL = iomap().opsPerSecond(1000, 1010, 990).measured();
  private static final Measured TWIN = iomap().opsPerSecond(1150, 1160, 1140).measured();
  private static final Measured SLOWER =
      Cells.of("i-mutex").opsPerSecond(900, 905, 895).p99Us(100, 100, 100).measured();

  private static Cells iomap() {
    return Cells.of("iomap-endio").p99Us(100, 100, 100);
  }

  @Test
  void whatTwinsDifferByIsNotReportedOfOthers() {
    TwinPairs twins = TwinPairs.of(List.of(CELL, SLOWER), List.of(TWIN));
    Standing without = Standing.byThroughput(List.of(CELL, SLOWER));
    Standing with = Standing.byThroughput(twins.withFloors(List.of(CELL, SLOWER)));

    assertThat(twins.floors("PAGE-OVERWRITE").throughput().ratio()).isEqualTo(1.15);
    assertThat(without.leaders()).containsExactly(CELL);
    assertThat(with.leaders()).hasSize(2);
    assertThat(Findings.of(Comparison.of(twins.withFloors(List.of(CELL, SLOWER))).getFirst()))
        .first()
        .asString()
        .contains("tie, not told apart");
  }

  @Test
  void aDifferenceBeyondThatIsStillReported() {
    Measured slow = Cells.of("i-mutex").opsPerSecond(800, 805, 795).p99Us(1, 1, 1).measured();
    List<Measured> cells =
        TwinPairs.of(List.of(CELL, slow), List.of(TWIN)).withFloors(List.of(CELL, slow));

    assertThat(Standing.byThroughput(cells).leaders()).hasSize(1);
  }

  @Test
  void floorsHoldForTheirWorkloadOnly() {
    Measured elsewhere = iomap().workload("TSO32").measured();
    TwinPairs twins = TwinPairs.of(List.of(CELL, elsewhere), List.of(TWIN));

    assertThat(twins.workloads()).containsExactly("PAGE-OVERWRITE");
    assertThat(twins.floors("TSO32")).isEqualTo(Floors.UNKNOWN);
    assertThat(twins.withFloors(List.of(elsewhere)).getFirst().floors()).isEqualTo(Floors.UNKNOWN);
  }

  @Test
  void latencyHasAFloorOfItsOwn() {
    Measured twin = iomap().opsPerSecond(1000, 1010, 990).p99Us(130, 130, 130).measured();
    Floors floors = TwinPairs.of(List.of(CELL), List.of(twin)).floors("PAGE-OVERWRITE");

    assertThat(floors.latency(Percentile.P99).ratio()).isEqualTo(1.3);
    assertThat(floors.throughput().ratio()).isLessThan(1.03);
  }

  @Test
  void equalTwinsLeaveTheLeastFloor() {
    Measured exact = iomap().opsPerSecond(1000, 1000, 1000).measured();

    assertThat(TwinPairs.of(List.of(exact), List.of(exact)).floors("PAGE-OVERWRITE").throughput())
        .isEqualTo(NoiseFloor.LEAST);
  }

  @Test
  void aTwinWithoutItsCellIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TwinPairs.of(List.of(SLOWER), List.of(TWIN)))
        .withMessageContaining("no cell has the key of a twin");
  }
}
