package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.diolab.results.Cells;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class InterferenceTest {

  @Test
  void whatIsLeftIsAShareOfWhatWasDoneBesideNobody() {
    Interference matrix =
        only(
            cell("i-mutex", "4k reads beside nobody").opsPerSecond(100).p99Us(10),
            cell("i-mutex", "4k reads beside 1m writes").opsPerSecond(25).p99Us(80),
            cell("i-mutex", "commits beside nobody").opsPerSecond(50).p99Us(10),
            cell("placeholder", "4k reads beside nobody").opsPerSecond(100).p99Us(10),
            cell("placeholder", "4k reads beside 1m writes").opsPerSecond(75).p99Us(20));

    assertThat(matrix.columns()).containsExactly("1m writes");
    assertThat(matrix.rows())
        .extracting(row -> row.measured() + " " + row.alone().cell().key().strategy())
        .containsExactly("4k reads i-mutex", "4k reads placeholder", "commits i-mutex");
    Interference.Row first = matrix.rows().get(0);
    assertThat(first.share("1m writes").orElseThrow().ratio()).isCloseTo(0.25, within(1e-9));
    assertThat(first.p99Ratio("1m writes").orElseThrow().ratio()).isCloseTo(8, within(1e-9));
    assertThat(matrix.rows().get(2).share("1m writes")).isEmpty();
  }

  @Test
  void theCeilingIsNeverTheMostStarved() {
    Interference matrix =
        only(
            cell("no-lock", "4k reads beside nobody").ceiling().opsPerSecond(99, 101),
            cell("no-lock", "4k reads beside 4k writes").ceiling().opsPerSecond(1, 1),
            cell("i-mutex", "4k reads beside nobody").opsPerSecond(99, 101),
            cell("i-mutex", "4k reads beside 4k writes").opsPerSecond(39, 41),
            cell("i-mutex", "4k reads beside commits").opsPerSecond(59, 61));

    Interference.Worst worst = matrix.worst().orElseThrow();

    assertThat(worst.row().alone().cell().key().strategy()).isEqualTo("i-mutex");
    assertThat(worst.beside()).isEqualTo("4k writes");
    assertThat(worst.share().ratio()).isCloseTo(0.4, within(1e-9));
  }

  @Test
  void aLossThatRoundsDoNotTellApartFromNoneIsNotTheWorst() {
    Interference scattered =
        only(
            cell("i-mutex", "4k reads beside nobody").opsPerSecond(60, 140),
            cell("i-mutex", "4k reads beside 4k writes").opsPerSecond(30, 130),
            cell("i-mutex", "4k reads beside commits").opsPerSecond(70, 110));
    Interference once =
        only(
            cell("i-mutex", "4k reads beside nobody").opsPerSecond(100),
            cell("i-mutex", "4k reads beside 4k writes").opsPerSecond(1));

    assertThat(scattered.worst()).isEmpty();
    assertThat(once.worst()).isEmpty();
  }

  @Test
  void whatWasNotMeasuredBesideNobodyIsLeftOut() {
    assertThat(of(cell("i-mutex", "4k reads beside 4k writes"))).isEmpty();
    assertThat(of(cell("i-mutex", "4k reads beside nobody"))).isEmpty();
    assertThat(of(cell("i-mutex", "4k-write").workload("PAGE-OVERWRITE"))).isEmpty();
  }

  @Test
  void numbersOfThreadsAreMatricesOfTheirOwn() {
    List<Interference> matrices =
        of(
            cell("i-mutex", "4k reads beside nobody").threads(2),
            cell("i-mutex", "4k reads beside commits").threads(2),
            cell("i-mutex", "4k reads beside nobody").threads(8),
            cell("i-mutex", "4k reads beside commits").threads(8));

    assertThat(matrices).extracting(Interference::threads).containsExactly(2, 8);
  }

  private static Cells cell(String strategy, String variant) {
    return Cells.of(strategy).workload(Interference.WORKLOAD).variant(variant);
  }

  private static Interference only(Cells... cells) {
    List<Interference> matrices = of(cells);
    assertThat(matrices).hasSize(1);
    return matrices.get(0);
  }

  private static List<Interference> of(Cells... cells) {
    return Interference.of(Arrays.stream(cells).map(Cells::measured).toList());
  }
}
