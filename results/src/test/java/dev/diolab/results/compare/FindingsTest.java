package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.Cells;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FindingsTest {
  @Test
  void theFastestIsComparedWithTheBaseline() {
    assertThat(
            of(
                Cells.of("i-mutex").opsPerSecond(990, 1010),
                Cells.of("iomap-endio").opsPerSecond(3390, 3410),
                Cells.of("placeholder").opsPerSecond(2000, 2100)))
        .first()
        .isEqualTo(
            "At 16 threads iomap-endio (3,400 ops/s) is fastest; 3.4 (3.1–3.7) times i-mutex (1,000"
                + " ops/s).");
  }

  @Test
  void whatIsNotToldApartIsATie() {
    assertThat(
            of(
                Cells.of("i-mutex").opsPerSecond(990, 1010),
                Cells.of("iomap-endio").opsPerSecond(3300, 3500),
                Cells.of("placeholder").opsPerSecond(3200, 3300)))
        .first()
        .isEqualTo(
            "At 16 threads iomap-endio (3,400 ops/s) and placeholder (3,250 ops/s) tie, not told apart;"
                + " 3.4 (2.6–4.4) times i-mutex (1,000 ops/s).");
  }

  @Test
  void aTieWithTheBaselineHasNoRatio() {
    assertThat(
            of(
                Cells.of("i-mutex").opsPerSecond(990, 1010),
                Cells.of("iomap-endio").opsPerSecond(1000, 1040)))
        .first()
        .isEqualTo(
            "At 16 threads iomap-endio (1,020 ops/s) and i-mutex (1,000 ops/s) tie, not told apart.");
  }

  @Test
  void theBaselineMayLead() {
    assertThat(
            of(
                Cells.of("i-mutex").opsPerSecond(1990, 2010),
                Cells.of("iomap-endio").opsPerSecond(1000, 1040)))
        .first()
        .isEqualTo("At 16 threads i-mutex (2,000 ops/s) is fastest.");
  }

  @Test
  void theCeilingIsNamedButNeverRanked() {
    List<String> findings =
        of(
            Cells.of("i-mutex").opsPerSecond(990, 1010),
            Cells.of("iomap-endio").opsPerSecond(4900, 5100),
            Cells.of("no-lock").ceiling().opsPerSecond(9900, 10100).p99Us(1, 1));

    assertThat(findings)
        .contains(
            "The ceiling no-lock, unsafe by design, reaches 10,000 ops/s; iomap-endio comes to 50 %"
                + " of it.");
    assertThat(findings.subList(0, findings.size() - 1))
        .noneMatch(finding -> finding.contains("no-lock"));
  }

  @Test
  void aCeilingThatTiesIsNotToldApart() {
    assertThat(
            of(
                Cells.of("i-mutex").opsPerSecond(990, 1010),
                Cells.of("no-lock").ceiling().opsPerSecond(1000, 1100)))
        .contains(
            "The ceiling no-lock, unsafe by design, reaches 1,050 ops/s; i-mutex is not told apart"
                + " from it.");
  }

  @Test
  void oneRoundIsNoFinding() {
    assertThat(
            of(
                Cells.of("i-mutex").opsPerSecond(1000).p99Us(10),
                Cells.of("iomap-endio").opsPerSecond(5000).p99Us(5)))
        .first()
        .isEqualTo(
            "At 16 threads iomap-endio (5,000 ops/s) did most, but one round shows no spread: the"
                + " order of strategies is no finding.");
  }

  @Test
  void onlyTheCeilingIsNothingToRank() {
    assertThat(of(Cells.of("no-lock").ceiling()))
        .containsExactly("Only the ceiling was measured, so there is nothing to rank.");
  }

  @Test
  void aLookUpRanksNoStrategy() {
    assertThat(of(Cells.of("no-lock").ceiling().workload(LookupCurve.WORKLOAD)))
        .containsExactly(
            "A look-up is the same under every strategy, so there is nothing to rank.");
  }

  @Test
  void aSingleStrategyIsNotCalledFastest() {
    assertThat(of(Cells.of("iomap-endio")))
        .first()
        .isEqualTo("At 16 threads iomap-endio (1,000 ops/s) is the only ranked strategy measured.");
  }

  @Test
  void theTailIsRankedByTheRoundsOfItsOwn() {
    assertThat(
            of(
                Cells.of("i-mutex").opsPerSecond(990, 1010).p99Us(400, 420),
                Cells.of("iomap-endio").opsPerSecond(990, 1010).p99Us(100, 104),
                Cells.of("placeholder").opsPerSecond(990, 1010).p99Us(103, 110)))
        .contains(
            "Lowest p99, a tie: iomap-endio (102 µs) and placeholder (107 µs); i-mutex (410 µs) has"
                + " 4.0 (3.5–4.6) times that.");
  }

  @Test
  void aTailOfFewOperationsIsNotRanked() {
    assertThat(
            of(
                Cells.of("i-mutex").p99Us(400, 420).operations(900),
                Cells.of("iomap-endio").p99Us(100, 104).operations(900)))
        .noneMatch(finding -> finding.contains("p99"));
  }

  @Test
  void theShareOfLockWaitIsTold() {
    assertThat(
            of(
                Cells.of("i-mutex").lockWaitShare(0.91),
                Cells.of("iomap-endio").opsPerSecond(5000, 5001).lockWaitShare(0.02)))
        .contains(
            "Waiting for locks takes 91 % of an operation's mean time under i-mutex, 2 % under"
                + " iomap-endio.");
  }

  @Test
  void noLockWaitWorthMentioningIsSaidToo() {
    assertThat(of(Cells.of("i-mutex"), Cells.of("iomap-endio").lockWaitShare(0.005)))
        .contains("No ranked strategy waits for locks for more than 1 % of an operation's time.");
  }

  @Test
  void growthWithThreadsIsToldOfTheBestAndTheBaseline() {
    assertThat(
            of(
                Cells.of("i-mutex").threads(1).opsPerSecond(1000, 1000),
                Cells.of("iomap-endio").threads(1).opsPerSecond(1000, 1000),
                Cells.of("i-mutex").threads(16).opsPerSecond(1100, 1100),
                Cells.of("iomap-endio").threads(16).opsPerSecond(8000, 8000)))
        .contains(
            "From 1 thread to 16 throughput becomes 8.0-fold under iomap-endio, 1.10-fold under"
                + " i-mutex.");
  }

  @Test
  void aStrategyWithSeveralPoliciesIsComparedWithItsOwnPolicysBaseline() {
    assertThat(
            of(
                Cells.of("i-mutex").policy("end-io").opsPerSecond(1000, 1000),
                Cells.of("i-mutex").policy("sync-commit").opsPerSecond(100, 100),
                Cells.of("iomap-endio").policy("end-io").opsPerSecond(1800, 1800),
                Cells.of("iomap-endio").policy("sync-commit").opsPerSecond(2000, 2000)))
        .first()
        .isEqualTo(
            "At 16 threads iomap-endio + sync-commit (2,000 ops/s) is fastest; 20 (20–20) times i-mutex"
                + " + sync-commit (100 ops/s).");
  }

  private static List<String> of(Cells... cells) {
    List<Comparison> comparisons = Comparison.of(Stream.of(cells).map(Cells::measured).toList());
    assertThat(comparisons).hasSize(1);
    return Findings.of(comparisons.getFirst());
  }
}
