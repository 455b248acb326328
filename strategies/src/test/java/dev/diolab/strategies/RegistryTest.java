package dev.diolab.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.engine.locking.UnwrittenWrite;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistryTest {
  private static final UnwrittenWrite NO_WRITE =
      new UnwrittenWrite() {
        @Override
        public void convert() {}

        @Override
        public void convertTogether() {}

        @Override
        public boolean isDsync() {
          return true;
        }

        @Override
        public void convertInPlace() {}

        @Override
        public void awaitCommit() {}
      };

  @Test
  void everyStrategyIsFoundByItsNameAndHasADefaultPolicy() {
    assertThat(Strategies.all()).extracting(DioStrategy::name).doesNotHaveDuplicates();
    for (DioStrategy strategy : Strategies.all()) {
      assertThat(Strategies.byName(strategy.name())).isSameAs(strategy);
      assertThat(Policies.byName(strategy.defaultPolicy()).name())
          .isEqualTo(strategy.defaultPolicy());
    }
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> Strategies.byName("big-kernel-lock"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("big-kernel-lock")
        .hasMessageContaining("iomap-endio");
    assertThatThrownBy(() -> Policies.byName("never"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("never")
        .hasMessageContaining("sync-commit");
  }

  @Test
  void variantsAreFoundByNameAndStandInNoDefaultSet() {
    assertThat(Strategies.variants())
        .extracting(DioStrategy::name)
        .doesNotHaveDuplicates()
        .contains(
            "placeholder-no-create",
            "placeholder-no-drop",
            "placeholder-no-placeholders",
            "placeholder-split",
            "placeholder-slow10");
    for (DioStrategy variant : Strategies.variants()) {
      assertThat(Strategies.byName(variant.name())).isSameAs(variant);
      assertThat(Strategies.all()).doesNotContain(variant);
    }
  }

  @Test
  void aSplitVariantDiffersInTheBoundaryRuleOnly() {
    for (DioStrategy strategy : Strategies.all()) {
      DioStrategy split = Strategies.byName(strategy.name() + "-split");
      assertThat(split.rules()).isEqualTo(strategy.rules().splittingAtBoundaries());
      assertThat(strategy.rules().splitsAtBoundaries()).isFalse();
      assertThat(split.guarantees()).isEqualTo(strategy.guarantees());
    }
  }

  @Test
  void aSlowedVariantHasTheRulesAndGuaranteesOfItsStrategy() {
    for (DioStrategy strategy : Strategies.all()) {
      DioStrategy slowed = Strategies.byName(strategy.name() + "-slow10");
      assertThat(slowed.rules()).isEqualTo(strategy.rules());
      assertThat(slowed.guarantees()).isEqualTo(strategy.guarantees());
      assertThat(Pairs.of(slowed, Policies.all())).isEqualTo(Pairs.of(strategy, Policies.all()));
    }
  }

  @Test
  void bufferedFallbackForbidsDirectConversion() {
    ConversionPolicy fallback = Policies.byName("buffered-fallback");
    assertThat(fallback.allowsDirectConversion()).isFalse();
    assertThat(fallback.guarantees()).doesNotContain(Guarantee.G7);
    assertThatThrownBy(() -> fallback.endIo(NO_WRITE)).isInstanceOf(AssertionError.class);
  }

  @Test
  void onlyTheCeilingPromisesNothing() {
    for (DioStrategy strategy : Strategies.all()) {
      assertThat(strategy.guarantees().isEmpty()).isEqualTo(strategy.isCeiling());
    }
    assertThat(Strategies.all()).filteredOn(DioStrategy::isCeiling).hasSize(1);
  }

  @Test
  void onlyPlaceholdersMakeOverlappingRequestsAtomic() {
    assertThat(Strategies.all())
        .filteredOn(strategy -> strategy.guarantees().contains(Guarantee.G7))
        .extracting(DioStrategy::name)
        .containsExactly("placeholder");
  }

  @ParameterizedTest
  @CsvSource({
    "end-io, convert",
    "sync-commit, convert awaitCommit",
    "workqueue, convert",
    "group, convertTogether",
    "zero-ahead-16, convert",
    "lazy-zero, convert",
    "in-place, convertInPlace"
  })
  void aPolicyConvertsAtCompletion(String name, String calls) throws IOException {
    List<String> seen = new ArrayList<>();
    ConversionPolicy policy = Policies.byName(name);
    policy.endIo(
        new UnwrittenWrite() {
          @Override
          public void convert() {
            seen.add("convert");
          }

          @Override
          public void convertTogether() {
            seen.add("convertTogether");
          }

          @Override
          public boolean isDsync() {
            return true;
          }

          @Override
          public void convertInPlace() {
            seen.add("convertInPlace");
          }

          @Override
          public void awaitCommit() {
            seen.add("awaitCommit");
          }
        });
    assertThat(seen).containsExactly(calls.split(" "));
  }
}
