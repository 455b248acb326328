package dev.diolab.results.verify;

import static dev.diolab.results.verify.Verifications.broken;
import static dev.diolab.results.verify.Verifications.held;
import static dev.diolab.results.verify.Verifications.notAttacked;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTableTest {
  private static final String WIDE =
      """
      policy     states  image        G1           G2  G3  G4  G5        G6  G7        G8
      i-mutex
        end-io  120,000  held 12,345  held 12,345  .   .   .   (broken)  .   .         .
      iomap-endio
        end-io   60,000  held 12,345  BROKEN 2     .   .   .   .         .   .         .
      no-lock (ceiling)
        end-io   30,000  -            .            .   .   .   .         .   (broken)  .

      held N: attacked N times and never fell    BROKEN N: fell N times
      -: not declared, held    (broken): not declared, fell    .: not attacked
      image: mounts after the crash, and fsck finds nothing

      BROKEN: G1 of iomap-endio/end-io: stale block 7
        case: cases/iomap-g1.json

      210,000 crash states in 60 s: 3,500 a second; profile quick, seed 7, shards 1/1, code 0123456789ab
      100 images with damaged metadata: 60 named by fsck, 30 refused, 10 legitimate, 0 failed
      Verdict: BROKEN
      """;

  @Test
  void theMatrixShowsEveryGuaranteeOfEveryPairAndWhatFell() {
    assertThat(VerificationTable.render(Verifications.mixed().get(), 120)).isEqualTo(WIDE);
  }

  /** Every guarantee of every strategy attacked a million times, as a full run has it. */
  @ParameterizedTest
  @ValueSource(ints = {80, 100, 120, 200})
  void aFullMatrixFitsTheTerminal(int width) {
    Verifications full = Verifications.empty();
    for (String strategy : List.of("overwrite-nolock", "shared-first")) {
      full.cell(
          strategy,
          "buffered-fallback",
          9_999_999,
          GuaranteeVerdict.NAMES.stream()
              .map(name -> new GuaranteeVerdict(name, true, 9_999_999, 0, null, null))
              .toArray(GuaranteeVerdict[]::new));
    }

    assertThat(VerificationTable.render(full.get(), width).lines().limit(5))
        .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(width))
        .anyMatch(line -> line.contains("buffered-fallback") && line.contains("held"));
  }

  @Test
  void countsAreRoundedBeforeTheyAreLeftOut() {
    Verification one =
        Verifications.empty().cell("i-mutex", "end-io", 5, held("image"), held("G1")).get();

    assertThat(render(one, 80)).contains("held 12,345");
    assertThat(render(one, 66)).contains("held 12k").doesNotContain("held 12,345");
    assertThat(render(one, 40)).contains("5 held  held .").doesNotContain("held 12k");
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 40, 80, 160})
  void whatFellIsNeverLeftOut(int width) {
    Verification broken =
        Verifications.empty().cell("s", "p", 5, broken("G3", 4, "lost", "cases/x.json")).get();

    assertThat(render(broken, width)).contains("BROKEN: G3 of s/p: lost", "cases/x.json");
    assertThat(
            render(broken, width)
                .lines()
                .anyMatch(
                    line ->
                        line.startsWith("  p") && line.toUpperCase(Locale.ROOT).contains("BROKEN")))
        .isTrue();
  }

  @Test
  void heldIsSaidOfWhatWasAttackedOnly() {
    assertThat(render(Verifications.empty().cell("s", "p", 5, held("G1")).get(), 80))
        .contains("Verdict: every declared guarantee that was attacked held");
    assertThat(render(Verifications.empty().cell("s", "p", 0, notAttacked("G1")).get(), 80))
        .contains("Verdict: no guarantee was attacked")
        .doesNotContain("Verdict: every");
  }

  @Test
  void damageThatGotByIsABreach() {
    Verification damaged =
        Verifications.empty().corruption(new Corruption(9, 8, 0, 0, 1, "endless loop")).get();

    assertThat(render(damaged, 80))
        .contains(
            "BROKEN: 1 damaged images got by or ended badly: endless loop", "Verdict: BROKEN");
  }

  @Test
  void mergedShardsAreCounted() {
    Verification merged =
        Merge.of(
            List.of(
                Verifications.mixed().shard("1/2").get(),
                Verifications.mixed().shard("2/2").get()));

    assertThat(render(merged, 80)).contains("shards 2 of 2");
  }

  private static String render(Verification verification, int width) {
    return VerificationTable.render(verification, width);
  }
}
