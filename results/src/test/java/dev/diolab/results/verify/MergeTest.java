package dev.diolab.results.verify;

import static dev.diolab.results.verify.Verifications.broken;
import static dev.diolab.results.verify.Verifications.held;
import static dev.diolab.results.verify.Verifications.notAttacked;
import static dev.diolab.results.verify.Verifications.undeclared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class MergeTest {
  private static Verifications part(String shard) {
    return Verifications.empty()
        .shard(shard)
        .cell("i-mutex", "end-io", 1_000, held("G1"))
        .corruption(new Corruption(10, 6, 3, 1, 0, null));
  }

  @Test
  void countsAreSummedInAnyOrder() {
    Verification merged =
        Merge.of(
            List.of(
                part("2/3").started("2026-11-21T08:00:00Z").get(),
                part("3/3").get(),
                part("1/3").get()));

    assertThat(merged.shards()).containsExactly("1/3", "2/3", "3/3");
    assertThat(merged.isComplete()).isTrue();
    assertThat(merged.states()).isEqualTo(3_000);
    assertThat(merged.seconds()).isEqualTo(180);
    assertThat(merged.started()).isEqualTo("2026-11-21T08:00:00Z");
    assertThat(merged.corruption()).isEqualTo(new Corruption(30, 18, 9, 3, 0, null));
    assertThat(merged.cells())
        .containsExactly(
            new VerifiedCell(
                "i-mutex",
                "end-io",
                false,
                30,
                3_000,
                List.of(new GuaranteeVerdict("G1", true, 37_035, 0, null, null))));
  }

  @Test
  void oneBrokenPartBreaksTheWholeAndKeepsItsMessage() {
    Verification bad =
        Verifications.empty()
            .shard("2/2")
            .cell("i-mutex", "end-io", 1_000, broken("G1", 2, "stale", "cases/1.json"))
            .get();

    Verification merged = Merge.of(List.of(part("1/2").get(), bad));

    assertThat(merged.isClean()).isFalse();
    assertThat(merged.cells().getFirst().guarantees())
        .containsExactly(new GuaranteeVerdict("G1", true, 24_690, 2, "stale", "cases/1.json"));
  }

  @Test
  void aGuaranteeThatOnlyOnePartAttackedIsAttacked() {
    Verification idle =
        Verifications.empty().shard("2/2").cell("i-mutex", "end-io", 0, notAttacked("G1")).get();

    assertThat(
            Merge.of(List.of(part("1/2").get(), idle)).cells().getFirst().guarantees().getFirst())
        .isEqualTo(held("G1"));
  }

  @Test
  void aMissingShardIsNamed() {
    assertRefused(
        "these are not all 4 shards, each once; missing: 2/4, 4/4",
        part("1/4").get(),
        part("3/4").get());
  }

  @Test
  void aShardThatIsThereTwiceIsNamedBesideWhatIsMissing() {
    assertRefused(
        "these are not all 2 shards, each once; missing: 2/2; more than once: 1/2",
        part("1/2").get(),
        part("1/2").get());
  }

  @Test
  void manyMissingShardsAreCounted() {
    assertRefused(
        "these are not all 100 shards, each once; missing: 2/100, 3/100, 4/100, 5/100, 6/100,"
            + " 7/100, 8/100, 9/100 and 91 more",
        part("1/100").get());
  }

  @Test
  void partsThatDoNotBelongTogetherAreNamed() {
    String other = "f".repeat(64);
    assertRefused(
        "the code of shard 2/2 is %s, but that of shard 1/2 is %s"
            .formatted(other, Verifications.DIGEST),
        part("1/2").get(),
        part("2/2").digest(other).get());
    assertRefused(
        "the seed of shard 2/2 is 8, but that of shard 1/2 is 7",
        part("1/2").get(),
        part("2/2").seed(8).get());
    assertRefused(
        "the profile of shard 2/2 is full, but that of shard 1/2 is quick",
        part("1/2").get(),
        part("2/2").profile("full").get());
    assertRefused(
        "the number of shards of shard 2/3 is 3, but that of shard 1/2 is 2",
        part("1/2").get(),
        part("2/3").get());
    assertRefused(
        "the strategies and policies of shard 2/2 is (i-mutex/end-io, no-lock/end-io), but that of"
            + " shard 1/2 is (i-mutex/end-io)",
        part("1/2").get(),
        part("2/2").ceiling("no-lock", "end-io", 5).get());
    assertRefused(
        "G1 of i-mutex/end-io is declared in one shard and not in another",
        part("1/2").get(),
        Verifications.empty().shard("2/2").cell("i-mutex", "end-io", 1, undeclared("G1", 0)).get());
  }

  @Test
  void nothingIsRefused() {
    assertRefused("there is nothing to merge");
  }

  private static void assertRefused(String message, Verification... parts) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Merge.of(List.of(parts)))
        .withMessage(message);
  }
}
