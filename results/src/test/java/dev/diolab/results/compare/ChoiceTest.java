package dev.diolab.results.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.results.Cells;
import dev.diolab.results.run.Promise;
import dev.diolab.results.run.Slices;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChoiceTest {
  @Test
  void theFastestIsChosenAndItsTailIsToldOf() {
    assertThat(sentence(slow(), fast()))
        .isEqualTo(
            "Choose iomap-endio: fastest, or not told apart from the fastest, in the variant compared."
                + " Its p99 is the lowest too, or not told apart from the lowest.");
  }

  @Test
  void thoseThatTieAreChosenBoth() {
    assertThat(sentence(slow(), fast(), held("placeholder").opsPerSecond(3300, 3500).p99Us(90, 91)))
        .startsWith("Choose iomap-endio or placeholder: fastest, or not told apart")
        .endsWith(" Of these iomap-endio too has the lowest p99, or one not told apart from it.");
  }

  @Test
  void whereAllTieThroughputDoesNotDecide() {
    assertThat(sentence(slow(), Cells.of("iomap-endio").opsPerSecond(1000, 1020).p99Us(99, 101)))
        .isEqualTo(
            "Throughput does not decide: in the variant compared the rounds tell no strategy apart"
                + " from the fastest. Nor does the p99 tell these apart.");
  }

  @Test
  void whereVariantsDisagreeNobodyIsChosen() {
    assertThat(
            sentence(
                slow(),
                fast(),
                Cells.of("i-mutex").variant("16k-write").opsPerSecond(2990, 3010),
                Cells.of("iomap-endio").variant("16k-write").opsPerSecond(1990, 2010)))
        .startsWith(
            "No strategy is fastest everywhere. Fastest, or not told apart from the fastest:"
                + " iomap-endio in 1, i-mutex in 1 of 2. Lowest p99,");
  }

  @Test
  void whatBrokeAPromiseIsNotChosenHoweverFast() {
    Cells broken =
        Cells.of("overwrite-nolock")
            .opsPerSecond(9990, 10010)
            .p99Us(5, 5.1)
            .verdict(Promise.BROKEN + ": G1");

    assertThat(sentence(slow(), fast(), broken))
        .startsWith("Choose iomap-endio: ")
        .endsWith(" Left out because a declared guarantee is BROKEN: overwrite-nolock.");
  }

  @Test
  void theCeilingIsNotChosen() {
    assertThat(sentence(slow(), fast(), Cells.of("no-lock").ceiling().opsPerSecond(9990, 10010)))
        .startsWith("Choose iomap-endio: ");
    assertThat(sentence(fast(), Cells.of("no-lock").ceiling().opsPerSecond(9990, 10010)))
        .isEqualTo("Only iomap-endio may be chosen of what was measured.");
  }

  @Test
  void aTieOfRoundsThatScatterWidelyAsksForMore() {
    assertThat(sentence(fast(), held("i-mutex").opsPerSecond(1000, 3000).p99Us(50, 51)))
        .startsWith("Throughput does not decide")
        .endsWith(
            " Some of these ties leave room for a difference of more than two times: more rounds"
                + " would tell.");
    assertThat(sentence(slow(), fast())).doesNotContain("more rounds");
  }

  @Test
  void aLeaderThatHadNotSettledIsNotChosenWithoutSayingSo() {
    assertThat(sentence(slow(), fast().slices(rising())))
        .startsWith("Choose iomap-endio: fastest, ")
        .endsWith(
            " Of those that lead some still drifted while measured, so measure longer before you rely"
                + " on them: iomap-endio in 1 of 1.");
    assertThat(
            sentence(
                slow(),
                fast(),
                held("i-mutex").variant("16k-write").slices(rising()).opsPerSecond(2990, 3010),
                held("iomap-endio").variant("16k-write").opsPerSecond(1990, 2010).p99Us(300, 301)))
        .startsWith("No strategy is fastest everywhere.")
        .endsWith(" them: i-mutex in 1 of 2.");
  }

  @Test
  void ofOthersThatHadNotSettledNothingIsSaid() {
    assertThat(sentence(slow().slices(rising()), fast())).doesNotContain("drift");
  }

  @Test
  void whatIsWithinTheNoiseOfTwinsIsNotChosenAndTwinsNever() {
    List<Measured> cells =
        List.of(
            held("i-mutex").opsPerSecond(990, 1000, 1010).measured(),
            held("iomap-endio").opsPerSecond(1190, 1200, 1210).measured());
    Measured twin = held("i-mutex").opsPerSecond(1490, 1500, 1510).measured();

    List<Ranking> without = Ranking.answering(Comparison.of(cells));
    List<Ranking> with =
        Ranking.answering(Comparison.of(TwinPairs.of(cells, List.of(twin)).withFloors(cells)));

    assertThat(Choice.of(without).sentence().orElseThrow()).startsWith("Choose iomap-endio: ");
    assertThat(Choice.of(with).sentence().orElseThrow())
        .startsWith("Throughput does not decide: in the variant compared");
    assertThat(with.getFirst().byThroughput().ranked())
        .extracting(Standing::opsPerSecond)
        .containsExactly(1200.0, 1000.0);
  }

  @Test
  void whatIsUncheckedIsCalledSo() {
    assertThat(sentence(slow(), Cells.of("iomap-endio").opsPerSecond(3390, 3410).p99Us(50, 51)))
        .startsWith("Choose iomap-endio (unchecked): fastest, or");
  }

  @Test
  void oneRoundChoosesNobody() {
    assertThat(
            sentence(
                Cells.of("i-mutex").opsPerSecond(1000).p99Us(10),
                Cells.of("iomap-endio").opsPerSecond(5000).p99Us(5)))
        .isEqualTo("One round shows no spread, so nothing can be chosen by this run.");
  }

  @Test
  void variantsOfOneRoundAreCounted() {
    assertThat(
            sentence(
                slow(),
                fast(),
                held("i-mutex").variant("16k-write").opsPerSecond(3000).p99Us(10),
                held("iomap-endio").variant("16k-write").opsPerSecond(2000).p99Us(10)))
        .startsWith("Choose iomap-endio: ")
        .endsWith(" Of 1 more no spread is known, so they decide nothing.");
  }

  @Test
  void ofWhatRunsBesideNothingIsChosen() {
    assertThat(
            sentence(
                held("i-mutex").workload("WAL-COMMIT").variant("hole, dsync, commit"),
                held("iomap-endio")
                    .workload("WAL-COMMIT")
                    .variant("hole, dsync, commit")
                    .opsPerSecond(1990, 2010),
                held("i-mutex")
                    .workload("WAL-COMMIT")
                    .variant("hole, dsync, log write")
                    .opsPerSecond(8990, 9010),
                held("iomap-endio").workload("WAL-COMMIT").variant("hole, dsync, log write")))
        .startsWith("Choose iomap-endio: ");
  }

  @Test
  void underAGivenLoadWhoFallsBehindIsNotChosen() {
    Cells behind =
        Cells.of("placeholder")
            .offered("constant", 1000, null)
            .opsPerSecond(790, 810)
            .responseP99Us(10, 10.1);

    assertThat(
            sentence(
                Cells.of("i-mutex").offered("constant", 1000, null).responseP99Us(90, 91),
                Cells.of("iomap-endio").offered("constant", 1000, null).responseP99Us(40, 40.5),
                behind))
        .isEqualTo(
            "The load was given, so only the p99 of the response time can decide."
                + " Lowest p99, or not told apart from the lowest: iomap-endio in 1 of 1.");
  }

  @Test
  void theReasonNamesThePhaseThatGrowsMost() {
    assertThat(
            choice(
                    slow().meanUs(400).lockWaitShare(0.8),
                    fast().meanUs(100).lockWaitShare(0),
                    Cells.of("i-mutex").variant("16k-write").opsPerSecond(990, 1010),
                    Cells.of("iomap-endio").variant("16k-write").opsPerSecond(1990, 2010))
                .reason())
        .hasValueSatisfying(
            reason ->
                assertThat(reason)
                    .startsWith(
                        "The difference is largest in 4k-write at 16 threads: iomap-endio does 3.4 (")
                    .endsWith(
                        " times the operations of i-mutex. There an operation takes 300 µs longer in"
                            + " the mean under i-mutex; of the phases lock wait grows most, by 320 µs."));
  }

  @Test
  void whereAllTieThereIsNoReason() {
    assertThat(choice(slow(), Cells.of("iomap-endio").opsPerSecond(1000, 1020)).reason()).isEmpty();
  }

  private static Cells slow() {
    return held("i-mutex").opsPerSecond(990, 1010).p99Us(99, 101);
  }

  private static Cells fast() {
    return held("iomap-endio").opsPerSecond(3390, 3410).p99Us(50, 51);
  }

  private static Cells held(String strategy) {
    return Cells.of(strategy).verdict("held (120,000 states)");
  }

  private static Slices rising() {
    return new Slices(
        List.of(),
        IntStream.range(0, 15)
            .mapToObj(i -> new Slices.Slice(100 * Math.pow(1.01, i), 50))
            .toList());
  }

  private static String sentence(Cells... cells) {
    return choice(cells).sentence().orElseThrow();
  }

  private static Choice choice(Cells... cells) {
    List<Measured> measured = Stream.of(cells).map(Cells::measured).toList();
    return Choice.of(Ranking.answering(Comparison.of(measured)));
  }
}
