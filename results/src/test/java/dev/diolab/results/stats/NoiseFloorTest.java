package dev.diolab.results.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseFloorTest {
  @Test
  void fewPairsOfEqualsAreAllHidden() {
    NoiseFloor floor = NoiseFloor.of(1.02, 0.8, 1.1);

    assertThat(floor.ratio()).isEqualTo(1.25);
    assertThat(floor.hides(0.8)).isTrue();
    assertThat(floor.hides(1.25)).isTrue();
    assertThat(floor.hides(1.26)).isFalse();
    assertThat(floor.hides(0.79)).isFalse();
  }

  @Test
  void ofManyPairsNineteenInTwentyAreHidden() {
    Random random = new Random(5);
    double[] ratios = random.doubles(200, -0.5, 0.5).map(Math::exp).toArray();

    NoiseFloor floor = NoiseFloor.of(ratios);

    assertThat(Arrays.stream(ratios).filter(floor::hides)).hasSize(190);
  }

  @Test
  void withoutPairsOrWithBetterOnesTheLeastFloorHolds() {
    assertThat(NoiseFloor.of()).isEqualTo(NoiseFloor.LEAST);
    assertThat(NoiseFloor.of(1.0001, 0.9999)).isEqualTo(NoiseFloor.LEAST);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.99, 0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void aFloorBelowOneIsNone(double ratio) {
    assertThatIllegalArgumentException().isThrownBy(() -> new NoiseFloor(ratio));
  }
}
