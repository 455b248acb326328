package dev.diolab.benchmarks.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PermutationTest {

  @Property(tries = 100)
  void holdsEveryNumberOnce(@ForAll @IntRange(min = 0, max = 3000) int size, @ForAll long seed) {
    assertThat(Permutation.of(size, seed))
        .containsExactlyInAnyOrder(IntStream.range(0, size).toArray());
  }

  @Property(tries = 20)
  void isFixedByItsSeed(@ForAll long seed) {
    assertThat(Permutation.of(1024, seed)).containsExactly(Permutation.of(1024, seed));
  }

  @Test
  void differsFromSeedToSeedAndFromSorted() {
    assertThat(Permutation.of(1024, 1))
        .isNotEqualTo(Permutation.of(1024, 2))
        .isNotEqualTo(IntStream.range(0, 1024).toArray());
  }

  @Test
  void seedsOfPartsAreAllDifferent() {
    assertThat(IntStream.range(0, 10_000).mapToObj(i -> Seeds.derive(42, i)))
        .doesNotHaveDuplicates();
    assertThat(Seeds.derive(42, "ab")).isNotEqualTo(Seeds.derive(42, "ba"));
  }
}
