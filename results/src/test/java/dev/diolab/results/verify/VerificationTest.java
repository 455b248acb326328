package dev.diolab.results.verify;

import static dev.diolab.results.verify.Verifications.broken;
import static dev.diolab.results.verify.Verifications.held;
import static dev.diolab.results.verify.Verifications.notAttacked;
import static dev.diolab.results.verify.Verifications.undeclared;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VerificationTest {
  @Test
  void verdictsFollowFromTheCounts() {
    assertThat(held("G1").verdict()).isEqualTo(Verdict.HELD);
    assertThat(broken("G1", 1, "m", "c").verdict()).isEqualTo(Verdict.BROKEN);
    assertThat(notAttacked("G1").verdict()).isEqualTo(Verdict.NOT_ATTACKED);
  }

  @Test
  void aBrokenDeclarationIsNotClean() {
    assertThat(Verifications.mixed().get().isClean()).isFalse();
  }

  @Test
  void whatIsBrokenButNotDeclaredIsClean() {
    assertThat(
            Verifications.empty()
                .cell("s", "p", 1, held("G1"), undeclared("G5", 3))
                .get()
                .isClean())
        .isTrue();
  }

  @Test
  void whatACeilingBreaksIsClean() {
    assertThat(
            Verifications.empty()
                .ceiling("s", "p", 1, broken("image", 3, "m", "c"))
                .get()
                .isClean())
        .isTrue();
  }

  @Test
  void damageThatGotByIsNotClean() {
    assertThat(
            Verifications.empty().corruption(new Corruption(9, 8, 0, 0, 1, "loop")).get().isClean())
        .isFalse();
  }

  @Test
  void onePartOfFourIsNotComplete() {
    assertThat(Verifications.mixed().shard("1/4").get().isComplete()).isFalse();
    assertThat(Verifications.mixed().get().isComplete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/4", "5/4", "1", "1/4/2", "a/b", "-1/4", "1/0", "9999999/9999999"})
  void whatIsNoShardIsRefused(String shard) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Shard.parse(shard))
        .withMessageContaining("shard")
        .withMessageContaining("i/n");
  }
}
