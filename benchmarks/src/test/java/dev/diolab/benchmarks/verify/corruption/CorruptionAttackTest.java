package dev.diolab.benchmarks.verify.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.format.ExtentNode;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** 10,000 damages in every structure, and what the attack itself owes. */
class CorruptionAttackTest {
  private static final long SEED = 20090727;

  @Test
  void everyOfTenThousandCorruptionsEndsWithAFindingARefusalOrARightCleanBill() throws IOException {
    CorruptionSummary summary = CorruptionAttack.run(SEED, 10_000, done -> {});
    System.out.print(summary.toText());
    assertThat(summary.listed()).isEmpty();
    assertThat(summary.failures()).isZero();
    assertThat(summary.tried()).isEqualTo(10_000);
    assertThat(summary.refused() + summary.named() + summary.legitimate()).isEqualTo(10_000);
    assertThat(summary.refused()).isGreaterThan(3_000);
    assertThat(summary.named()).isGreaterThan(100);
    assertThat(summary.cleanBills()).hasSize(Outcome.Reason.values().length);
  }

  @Test
  void damageThatNobodyNoticesIsAFailure() throws IOException {
    SoundImage image = SoundImages.all().get(0);
    Place place = image.places().getOrDefault(Structure.EXTENT_NODE, List.of()).get(0);
    byte[] block = image.block(place.block());
    block[8] ^= 1; // the reserved field, and then a right checksum: neither check nor mount can see
    ExtentNode.SEAL.seal(block, place.block());
    Damage unnoticed = new Damage(Damage.Kind.BIT_FLIP, Map.of(place, block), "bit 64");

    Outcome outcome = new Trial(image, unnoticed, image.device()).run();

    assertThat(outcome.verdict()).isEqualTo(Outcome.Verdict.FAILED);
    assertThat(outcome.failure()).contains("silently accepted");
  }

  @Test
  void damageOfASealIsNamedAndRefused() throws IOException {
    SoundImage image = SoundImages.all().get(0);
    for (Structure structure : List.of(Structure.SUPERBLOCK, Structure.INODE_TABLE)) {
      Place place = image.places().getOrDefault(structure, List.of()).get(0);
      byte[] block = image.block(place.block());
      block[12] ^= 1;
      Damage damage = new Damage(Damage.Kind.BIT_FLIP, Map.of(place, block), "bit 96");

      assertThat(new Trial(image, damage, image.device()).run().verdict())
          .isEqualTo(Outcome.Verdict.REFUSED);
    }
  }

  @Test
  void aDamageIsReplayedByItsSeedAndNumber() throws IOException {
    CorruptionSummary first = CorruptionAttack.replay(SEED, 17);
    assertThat(first.tried()).isOne();
    assertThat(CorruptionAttack.replay(SEED, 17)).isEqualTo(first);
  }

  @Test
  void imagesHaveEveryStructureAndEveryKindOfDamageIsMade() throws IOException {
    List<SoundImage> images = SoundImages.all();
    Set<Structure> structures = EnumSet.noneOf(Structure.class);
    Set<Damage.Kind> kinds = EnumSet.noneOf(Damage.Kind.class);
    for (SoundImage image : images) {
      structures.addAll(image.places().keySet());
      DamageMaker maker = new DamageMaker(image, new Random(1));
      for (int i = 0; i < 200; i++) {
        kinds.add(maker.next().kind());
      }
    }
    assertThat(structures).containsExactlyInAnyOrder(Structure.values());
    assertThat(kinds).containsExactlyInAnyOrder(Damage.Kind.values());
  }
}
