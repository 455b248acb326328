package dev.diolab.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.check.CheckFinding.Kind;
import dev.diolab.engine.format.Geometry;
import org.junit.jupiter.api.Test;

/** Who owns which block, also on an image of which one bit a block is more than an array holds. */
class BlockUseTest {
  private static final long PIB = 1L << 50;
  private static final Geometry GEOMETRY = Geometry.of(4096, PIB, 160, 16);
  private static final int LAST_GROUP = GEOMETRY.groupCount() - 1;

  private final Findings findings = new Findings();
  private final BlockUse use = new BlockUse(GEOMETRY, findings);

  @Test
  void blocksAtTheEndOfALargeImageHaveAnOwner() {
    long first = GEOMETRY.groupFirst(LAST_GROUP);
    assertThat(use.claim(first + 1, 64, "extent", 1, 0)).isTrue();
    assertThat(use.word(LAST_GROUP, 0)).isEqualTo(-2L);
    assertThat(use.word(LAST_GROUP, 1)).isOne();
    assertThat(use.word(LAST_GROUP, 2)).isZero();
    assertThat(use.word(0, 0)).isZero();
    assertThat(use.blocks()).isEqualTo(64);
    assertThat(findings.count()).isZero();
  }

  @Test
  void secondOwnerAtTheEndOfALargeImageIsAFinding() {
    long block = GEOMETRY.groupFirst(LAST_GROUP) + 70;
    assertThat(use.claim(block, 1, "extent", 1, 0)).isTrue();
    assertThat(use.claim(block - 3, 5, "extent", 2, 7)).isFalse();
    assertThat(findings.listed())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.kind()).isEqualTo(Kind.DOUBLE_USE);
              assertThat(finding.meaning()).contains("block " + block + " has another owner");
            });
  }

  @Test
  void blocksBehindALargeImageAreOutOfBounds() {
    assertThat(use.claim(GEOMETRY.blocks(), 1, "extent", 1, 0)).isFalse();
    assertThat(use.isComplete()).isFalse();
    assertThat(findings.listed())
        .singleElement()
        .satisfies(finding -> assertThat(finding.kind()).isEqualTo(Kind.OUT_OF_BOUNDS));
  }
}
