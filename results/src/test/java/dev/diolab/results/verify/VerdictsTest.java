package dev.diolab.results.verify;

import static dev.diolab.results.verify.Verifications.held;
import static dev.diolab.results.verify.Verifications.notAttacked;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VerdictsTest {
  private final Verdicts verdicts = Verdicts.of(Verifications.mixed().get());

  @Test
  void whatHeldIsShownWithItsStates() {
    assertThat(verdicts.of("i-mutex", "end-io")).isEqualTo("held (120,000 states)");
  }

  @Test
  void whatFellIsNamed() {
    assertThat(verdicts.of("iomap-endio", "end-io")).isEqualTo("BROKEN: G1");
  }

  @Test
  void aCeilingIsNotCalledBrokenButWhatItBreaksIsSaid() {
    assertThat(verdicts.of("no-lock", "end-io")).isEqualTo("breaks G7 by design");
  }

  @Test
  void aPairThatWasNotVerifiedIsUnchecked() {
    assertThat(verdicts.of("i-mutex", "sync-commit")).isEqualTo("unchecked");
  }

  @Test
  void aPairThatNothingAttackedIsUnchecked() {
    Verification idle = Verifications.empty().cell("s", "p", 0, notAttacked("G1")).get();

    assertThat(Verdicts.of(idle).of("s", "p")).isEqualTo("unchecked");
  }

  @Test
  void withoutAVerificationEverythingIsUnchecked() {
    assertThat(Verdicts.none().of("i-mutex", "end-io")).isEqualTo("unchecked");
  }

  @Test
  void declaredGuaranteesThatNothingAttackedAreNamed() {
    Verification partly =
        Verifications.empty().cell("s", "p", 10, held("G1"), notAttacked("G4")).get();

    assertThat(Verdicts.of(partly).of("s", "p")).isEqualTo("held (10 states), not attacked: G4");
  }
}
