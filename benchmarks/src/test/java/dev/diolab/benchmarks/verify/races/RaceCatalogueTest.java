package dev.diolab.benchmarks.verify.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RaceCatalogueTest {
  static Stream<Arguments> racesAndStrategies() {
    return RaceCatalogue.all().stream()
        .flatMap(
            race -> Strategies.all().stream().map(strategy -> Arguments.of(race, strategy.name())));
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("racesAndStrategies")
  void whatIsDeclaredHolds(Race race, String name) {
    DioStrategy strategy = Strategies.byName(name);
    Verdict verdict = RaceRun.play(race, strategy, Policies.byName("end-io"));
    System.out.println("### " + race + " " + name + " " + verdict.problems());
    if (name.equals("no-lock") || name.equals("iomap-endio"))
      verdict.interleaving().forEach(System.out::println);
    if (strategy.guarantees().contains(race.breaks())) {
      assertThat(verdict.problems()).isEmpty();
    }
  }
}
