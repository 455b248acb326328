package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.Cells;
import dev.diolab.results.compare.ClawBack.Row;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClawBackFindingsTest {

  @Test
  void theBestPolicyWinsBackAShareOfWhatTheUsualOneLoses() {
    ClawBack clawBack =
        of(
            control(100, 100),
            unwritten("end-io", 40, 40),
            unwritten("sync-commit", 30, 30),
            unwritten("group", 85, 85).verdict("held (60,000 states)"));

    assertThat(ClawBackFindings.answers(clawBack))
        .containsExactly(
            "DSYNC, 8 threads: durable writes into preallocated space reach 0.40 (0.40–0.40) of"
                + " plain overwrites with end-io under i-mutex; group wins back 75 % of what is"
                + " lost and reaches 0.85 (0.85–0.85) (held (60,000 states)).");
    assertThat(leaders(clawBack)).containsExactly("group");
  }

  @Test
  void policiesThatAreNotToldApartFromTheBestAreNamed() {
    ClawBack clawBack =
        of(
            control(100, 100),
            unwritten("end-io", 40, 42),
            unwritten("group", 80, 84),
            unwritten("zero-ahead-32", 78, 82));

    assertThat(ClawBackFindings.answers(clawBack).getFirst())
        .contains("group wins back")
        .contains("(unchecked)")
        .endsWith(" Not told apart from i-mutex + group: i-mutex + zero-ahead-32.");
    assertThat(leaders(clawBack)).containsExactly("group", "zero-ahead-32");
  }

  @Test
  void aTieWithPlainOverwritesIsCalledOne() {
    assertThat(answer(control(95, 105), unwritten("end-io", 50, 52), unwritten("group", 97, 99)))
        .contains("and reaches 0.98 (0.57–1.69), a tie with plain overwrites");
    assertThat(answer(control(95, 105), unwritten("end-io", 96, 104)))
        .contains("with end-io under i-mutex, a tie: nothing is there to win back");
  }

  @Test
  void aPolicyThatIsNotToldApartFromTheUsualOneWinsNothingBack() {
    assertThat(answer(control(100, 100), unwritten("end-io", 44, 46), unwritten("group", 45, 47)))
        .contains("no other policy is told apart from it, the fastest being group with 0.46")
        .doesNotContain("wins back");
    assertThat(answer(control(100, 100), unwritten("end-io", 44, 46), unwritten("group", 10, 11)))
        .contains("; no other policy does better");
  }

  @Test
  void theCeilingAndWhoIsBrokenOrDeclaresTooLittleNeverWin() {
    ClawBack clawBack =
        of(
            control(100, 100),
            unwritten("end-io", 40, 40),
            unwritten("group", 90, 90).verdict("BROKEN: G2"),
            unwritten("workqueue", 95, 95).guarantees("G1", "G3"),
            cell("no-lock", "end-io", "rewritten, dsync").ceiling().opsPerSecond(100, 100),
            cell("no-lock", "end-io", "unwritten, dsync")
                .ceiling()
                .guarantees("G1", "G2", "G3")
                .opsPerSecond(99, 99));

    List<String> sentences = ClawBackFindings.of(clawBack);

    assertThat(sentences.getFirst()).contains("no other policy does better");
    assertThat(sentences)
        .contains(
            "DSYNC, 8 threads: left out, because a declared guarantee fell: i-mutex + group"
                + " (BROKEN: G2).");
    assertThat(leaders(clawBack)).containsExactly("end-io");
    assertThat(answer(control(1, 1), unwritten("end-io", 1, 1).verdict("BROKEN: G1")))
        .contains("no ranked pair that declares G1 to G3 and keeps them was measured");
  }

  @Test
  void theFastestPairLeadsNotTheOneWhoseOwnOverwritesAreHeldUp() {
    ClawBack clawBack =
        of(
            control(50, 50),
            unwritten("end-io", 45, 45),
            cell("iomap-endio", "end-io", "rewritten, dsync").opsPerSecond(100, 100),
            cell("iomap-endio", "end-io", "unwritten, dsync")
                .guarantees("G1", "G2", "G3")
                .opsPerSecond(60, 60));

    assertThat(ClawBackFindings.of(clawBack))
        .satisfies(
            sentences ->
                assertThat(sentences.getFirst())
                    .contains("reach 0.60 (0.60–0.60) of plain overwrites")
                    .contains("under iomap-endio"))
        .contains(
            "DSYNC, 8 threads: the fastest policy of each strategy, and its share: iomap-endio +"
                + " end-io 0.60 (0.60–0.60), i-mutex + end-io 0.90 (0.90–0.90).");
  }

  @Test
  void oneRoundIsNoFinding() {
    ClawBack clawBack = of(control(100), unwritten("end-io", 40), unwritten("group", 80));

    assertThat(ClawBackFindings.answers(clawBack).getFirst())
        .contains("reach 0.40 of plain overwrites")
        .endsWith("One round shows no spread, so this is no finding.");
    assertThat(leaders(clawBack)).isEmpty();
  }

  @Test
  void commitsOfEachAndTogetherAreCompared() {
    assertThat(
            ClawBackFindings.of(
                of(
                    control(100, 100),
                    unwritten("sync-commit", 40, 40).commits(2000),
                    unwritten("group", 80, 80).commits(400))))
        .contains(
            "DSYNC, 8 threads: group commits the journal 400 times, sync-commit 5.0 times as often"
                + " (2,000), under i-mutex.");
  }

  @Test
  void zeroFillIsToldWithAndWithoutItsOwnTime() {
    assertThat(
            ClawBackFindings.of(
                of(
                    control(100, 100),
                    unwritten("end-io", 40, 40),
                    cell("i-mutex", "end-io", "zeroed, dsync").opsPerSecond(90, 90),
                    cell("i-mutex", "end-io", "zeroed+fill, dsync").opsPerSecond(30, 30))))
        .contains(
            "DSYNC, 8 threads: filling with zeros beforehand reaches 0.90 (0.90–0.90), and 0.30"
                + " (0.30–0.30) once the fill's own time counts.");
  }

  private static String answer(Cells... cells) {
    return ClawBackFindings.answers(of(cells)).getFirst();
  }

  private static List<String> leaders(ClawBack clawBack) {
    return ClawBackFindings.leaders(clawBack.groups().getFirst()).stream()
        .map(Row::policy)
        .toList();
  }

  private static ClawBack of(Cells... cells) {
    return ClawBack.of(List.of(cells).stream().map(Cells::measured).toList()).getFirst();
  }

  private static Cells control(double... opsPerSecond) {
    return cell("i-mutex", "end-io", "rewritten, dsync").opsPerSecond(opsPerSecond);
  }

  private static Cells unwritten(String policy, double... opsPerSecond) {
    return cell("i-mutex", policy, "unwritten, dsync")
        .guarantees("G1", "G2", "G3")
        .opsPerSecond(opsPerSecond);
  }

  private static Cells cell(String strategy, String policy, String variant) {
    return Cells.of(strategy).workload("TSO32").variant(variant).policy(policy).threads(8);
  }
}
