package dev.diolab.benchmarks.verify.races;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.verify.mutant.Mutant;
import dev.diolab.benchmarks.verify.mutant.MutantCompiler;
import dev.diolab.benchmarks.verify.mutant.MutantLoader;
import dev.diolab.benchmarks.verify.races.OldWay.EngineMutant;
import dev.diolab.benchmarks.verify.races.OldWay.OldPolicy;
import dev.diolab.benchmarks.verify.races.OldWay.OldStrategy;
import dev.diolab.benchmarks.verify.races.schedule.Moment;
import dev.diolab.benchmarks.verify.races.schedule.Step;
import dev.diolab.engine.file.DioFile;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.Guarantee;
import dev.diolab.strategies.Pairs;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each race of the catalogue is lost by the old way, and by nobody who declares its guarantee. */
class RaceCatalogueTest {
  private static final int TIMES = 3;

  static Stream<Arguments> racesAndStrategies() {
    return RaceCatalogue.all().stream()
        .flatMap(
            race -> Strategies.all().stream().map(strategy -> Arguments.of(race, strategy.name())));
  }

  static Stream<Race> racesThatAStrategyLost() {
    return RaceCatalogue.all().stream().filter(race -> race.old() instanceof OldStrategy);
  }

  static Stream<Race> racesThatAPolicyLost() {
    return RaceCatalogue.all().stream().filter(race -> race.old() instanceof OldPolicy);
  }

  static Stream<Race> racesThatAMutantLoses() {
    return RaceCatalogue.all().stream().filter(race -> race.old() instanceof EngineMutant);
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("racesAndStrategies")
  void whatAStrategyDeclaresHolds(Race race, String name) {
    DioStrategy strategy = Strategies.byName(name);
    for (ConversionPolicy policy : Pairs.of(strategy, Policies.all())) {
      Verdict verdict = RaceRun.play(race, strategy, policy);

      assertThat(verdict.interleaving()).as("%s ran", race).isNotEmpty();
      if (RaceRun.isDeclared(race, strategy, policy)) {
        assertThat(verdict.problems())
            .as("%s under %s and %s: %s", race, name, policy.name(), verdict.interleaving())
            .isEmpty();
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("racesThatAStrategyLost")
  void theOldStrategyLosesEachTime(Race race) {
    DioStrategy old = RaceReport.strategyOf((OldStrategy) race.old());
    for (int i = 0; i < TIMES; i++) {
      Verdict verdict = RaceRun.play(race, old, Policies.byName("end-io"));

      assertThat(verdict.problems()).as("%s: %s", race, verdict.interleaving()).isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("racesThatAPolicyLost")
  void theOldPolicyLosesEachTimeAndDoesNotPromiseOtherwise(Race race) {
    OldPolicy old = (OldPolicy) race.old();
    ConversionPolicy policy = Policies.byName(old.name());
    DioStrategy strategy = OldStrategies.byName(old.strategy());

    assertThat(RaceRun.isDeclared(race, strategy, policy)).isFalse();
    for (int i = 0; i < TIMES; i++) {
      Verdict verdict = RaceRun.play(race, strategy, policy);

      assertThat(verdict.problems()).as("%s: %s", race, verdict.interleaving()).isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("racesThatAMutantLoses")
  void theMutantLosesEachTime(Race race) throws Exception {
    EngineMutant old = (EngineMutant) race.old();
    Path classes = MutantCompiler.compile(RaceMutants.byName(old.name()));
    for (int i = 0; i < TIMES; i++) {
      assertThat(problems(List.of(classes), race, old))
          .as("%s with '%s' under %s", race, old.name(), old.strategy())
          .isNotEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("racesThatAMutantLoses")
  void theSameLoaderLosesNothingWithoutTheMutant(Race race) throws Exception {
    EngineMutant old = (EngineMutant) race.old();

    assertThat(problems(List.of(), race, old)).isEmpty();
  }

  @Test
  void aTrimmedMappingSavesFileSystemsThatKnowNoUnwrittenExtents() throws Exception {
    Race race = RaceCatalogue.byId("E1a");
    Path classes = MutantCompiler.compile(RaceMutants.byName("hole filled with written blocks"));
    String mutant = ((EngineMutant) race.old()).name();

    assertThat(problems(List.of(classes), race, new EngineMutant(mutant, "placeholder"))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"i-mutex", "placeholder", "overwrite-nolock", "iomap-endio"})
  void aWriteThatFallsBackDoesNotUndoAnOverwriteOfItsBlock(String strategy) {
    Race race =
        new Race(
            "fallback",
            "overwrite beside a write of the same block that falls back",
            "overwrite-nolock with buffered-fallback",
            "found by the crash verifier",
            Guarantee.G3,
            4096,
            new OldStrategy("no-lock"),
            scene -> {
              DioFile file = scene.unwrittenFile(4096);
              scene.actor("filler", () -> scene.write(file, 'c', 0, 512));
              scene.actor("other", () -> scene.write(file, 'a', 512, 512));
              scene.actor("overwriter", () -> scene.write(file, 'b', 1024, 512));
              scene.play(
                  Step.until("filler", Moment.BEGINS, 2),
                  Step.end("other"),
                  Step.until("overwriter", Moment.DEVICE_WRITES),
                  Step.until("filler", Moment.DEVICE_WRITES),
                  Step.end("overwriter"),
                  Step.end("filler"));
              scene.mustHold("the reader of the first", scene.read(file, 0, 512), 'c', 512);
              scene.mustHold("the reader of the second", scene.read(file, 512, 512), 'a', 512);
              scene.mustHold("the reader of the third", scene.read(file, 1024, 512), 'b', 512);
            });

    Verdict verdict =
        RaceRun.play(race, Strategies.byName(strategy), Policies.byName("buffered-fallback"));

    assertThat(verdict.problems()).as("%s", verdict.interleaving()).isEmpty();
  }

  @Test
  void everyMutantBelongsToARace() {
    List<String> named = racesThatAMutantLoses().map(race -> race.old().name()).distinct().toList();

    assertThat(RaceMutants.all())
        .extracting(Mutant::name)
        .containsExactlyInAnyOrderElementsOf(named);
  }

  @Test
  void everyEntryOfTheListsIsARaceOrHasAReason() {
    List<String> entries = new ArrayList<>();
    RaceCatalogue.all().forEach(race -> entries.add(race.id().replaceAll("[a-d]$", "")));
    NotYet.all().forEach(left -> entries.add(left.id()));

    for (int i = 1; i <= 22; i++) {
      assertThat(entries).contains("E" + i);
    }
  }

  @Test
  void poisonIsNoLetter() {
    assertThat(Letters.poisonLooksLikeALetter()).isFalse();
  }

  @SuppressWarnings("unchecked") // what RaceAttack.play returns
  private static List<String> problems(List<Path> classes, Race race, EngineMutant old)
      throws IOException, ReflectiveOperationException {
    try (MutantLoader loader = new MutantLoader(classes)) {
      return (List<String>)
          loader
              .loadClass(RaceAttack.class.getName())
              .getMethod("play", String.class, String.class, String.class)
              .invoke(null, race.id(), old.strategy(), old.policy());
    }
  }
}
