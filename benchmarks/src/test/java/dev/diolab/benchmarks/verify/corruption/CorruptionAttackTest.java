package dev.diolab.benchmarks.verify.corruption;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
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
