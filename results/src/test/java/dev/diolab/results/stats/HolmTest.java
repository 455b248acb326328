package dev.diolab.results.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HolmTest {
  /** Holm's steps: 0.05/4, 0.05/3, 0.05/2, 0.05. */
  @Test
  void eachStepHasItsOwnBoundAndTheFirstFailureEndsThem() {
    assertThat(Holm.stand(0.03, 0.012, 0.016, 0.04)).containsExactly(false, true, true, false);
    assertThat(Holm.stand(0.02, 0.012, 0.016, 0.04)).containsExactly(true, true, true, true);
    assertThat(Holm.stand(0.013, 0.9, 0.014, 0.015)).containsExactly(false, false, false, false);
  }

  @Test
  void oneFindingNeedsNoCorrection() {
    assertThat(Holm.stand(0.04)).containsExactly(true);
    assertThat(Holm.stand(0.06)).containsExactly(false);
    assertThat(Holm.stand()).isEmpty();
  }

  @Test
  void amongManyEqualsAFindingIsAsRareAsOneInTwenty() {
    Random random = new Random(6);
    int withFinding = 0;
    for (int i = 0; i < 2_000; i++) {
      for (boolean stands : Holm.stand(random.doubles(60).toArray())) {
        if (stands) {
          withFinding++;
          break;
        }
      }
    }

    assertThat(withFinding).isLessThan(130);
  }
}
