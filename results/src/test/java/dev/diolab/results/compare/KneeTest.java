package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.Cells;
import dev.diolab.results.compare.LoadSweep.Curve;
import dev.diolab.results.run.Cell;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KneeTest {
  private final List<Cell> cells = new ArrayList<>();

  @Test
  void liesAtTheLargestLoadThatIsAchievedInTime() {
    load(10, 1.0, 100);
    load(50, 1.0, 150);
    load(90, 0.99, 900);
    load(100, 0.9, 4_000);
    load(110, 0.85, 90_000);

    Knee knee = knee();

    assertThat(knee.point()).hasValueSatisfying(point -> assertPercent(point, 90));
    assertThat(knee.sentence())
        .isEqualTo(
            "i-mutex: the knee is at 9,000 ops/s (90 % of its capacity), it achieved 99 % with a"
                + " p99 response of 900 µs; of the next load, 10,000 ops/s (100 % of its capacity),"
                + " it achieved 90 % with a p99 response of 4,000 µs.");
  }

  @Test
  void aResponseTenTimesThatOfTheLowestLoadIsTooLong() {
    load(10, 1.0, 100);
    load(50, 1.0, 999);
    load(90, 1.0, 1_000);

    assertThat(knee().point()).hasValueSatisfying(point -> assertPercent(point, 50));
  }

  @Test
  void nineteenTwentiethsAreEnough() {
    load(10, 1.0, 100);
    load(50, 0.95, 100);
    load(90, 0.949, 100);

    assertThat(knee().point()).hasValueSatisfying(point -> assertPercent(point, 50));
  }

  @Test
  void isByWhatArrivedAndNotByTheRateThatRandomArrivalsMiss() {
    load(10, 1.0, 100);
    cells.add(
        Cells.of("i-mutex")
            .offered("poisson", 5_000, 50)
            .arrived(4_700)
            .opsPerSecond(4_690)
            .responseP99Us(100)
            .cell());
    load(90, 0.5, 100);

    assertThat(knee().point()).hasValueSatisfying(point -> assertPercent(point, 50));
  }

  @Test
  void theOrderOfMeasuringPlaysNoPart() {
    load(110, 0.8, 9_000);
    load(10, 1.0, 100);
    load(70, 1.0, 200);

    assertThat(knee().point()).hasValueSatisfying(point -> assertPercent(point, 70));
  }

  @Test
  void aSmallerLoadThatWasNotCarriedIsNamed() {
    load(10, 1.0, 100);
    load(50, 0.6, 5_000);
    load(70, 1.0, 5_000);
    load(90, 1.0, 200);
    load(110, 0.9, 90_000);

    assertThat(knee().point()).hasValueSatisfying(point -> assertPercent(point, 90));
    assertThat(knee().sentence())
        .endsWith(" It did not carry smaller loads, 50 %, 70 %: measure again, with more rounds.");
  }

  @Test
  void aLowestLoadOfFewOperationsIsDoubted() {
    cells.add(Cells.of("i-mutex").offered("poisson", 100, 10).operations(999).cell());
    load(110, 0.5, 100);

    assertThat(knee().sentence()).contains("fewer than ten slower operations: measure longer");
  }

  @Test
  void thereIsNoneWhereTheLargestLoadIsCarried() {
    load(10, 1.0, 100);
    load(50, 1.0, 110);

    assertThat(knee().point()).isEmpty();
    assertThat(knee().sentence())
        .isEqualTo(
            "i-mutex: no knee in the range, it still carries the largest load, 5,000 ops/s (50 % of"
                + " its capacity), it achieved 100 % with a p99 response of 110 µs.");
  }

  @Test
  void thereIsNoneWhereNotEvenTheLowestLoadIsCarried() {
    load(50, 0.7, 100);
    load(100, 0.4, 100);

    assertThat(knee().point()).isEmpty();
    assertThat(knee().sentence())
        .isEqualTo(
            "i-mutex: no knee in the range, already of the lowest load, 5,000 ops/s (50 % of its"
                + " capacity), it achieved 70 % with a p99 response of 100 µs.");
  }

  private static void assertPercent(LoadSweep.Point point, int percent) {
    assertThat(point.offered().percentOfCapacity()).isEqualTo(percent);
  }

  private Knee knee() {
    Curve curve = LoadSweep.of(cells).getFirst().curves().getFirst();
    return Knee.of(curve);
  }

  /** A load of a strategy that does 10,000 operations a second in a closed loop. */
  private void load(int percent, double achievedShare, double p99Us) {
    double offered = 100.0 * percent;
    cells.add(
        Cells.of("i-mutex")
            .offered("poisson", offered, percent)
            .opsPerSecond(offered * achievedShare)
            .responseP99Us(p99Us)
            .cell());
  }
}
