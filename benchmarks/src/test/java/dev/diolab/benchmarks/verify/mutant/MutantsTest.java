package dev.diolab.benchmarks.verify.mutant;

import static org.assertj.core.api.Assertions.assertThat;

import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.benchmarks.verify.sweep.VerifyProfile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The verifier finds mistakes of the kind that it is there for, with the budget of the smoke
 * profile; {@code -Dmutants.seeds=1,2,3} tries other seeds.
 */
class MutantsTest {
  /** Enough for a mutant that is loaded in a wrong way to show. */
  private static final long STATES_OF_CONTROL = 3_000;

  private static final List<String> ROWS = new ArrayList<>();

  static Stream<Arguments> crashMutantsAndSeeds() {
    return Mutants.ofCrashes().stream()
        .flatMap(mutant -> seeds().map(seed -> Arguments.of(mutant, seed)));
  }

  static Stream<Arguments> asynchronousMutantsAndSeeds() {
    return Mutants.ofAsynchronousRequests().stream()
        .flatMap(mutant -> seeds().map(seed -> Arguments.of(mutant, seed)));
  }

  static Stream<Arguments> inPlaceMutantsAndSeeds() {
    return of("in-place", Mutants.ofConversionsInPlace());
  }

  static Stream<Arguments> lazyZeroMutantsAndSeeds() {
    return of("lazy-zero", Mutants.ofLazyZeroing());
  }

  private static Stream<Arguments> of(String policy, List<Mutant> mutants) {
    return mutants.stream()
        .flatMap(mutant -> seeds().map(seed -> Arguments.of(policy, mutant, seed)));
  }

  static Stream<Arguments> corruptionMutantsAndSeeds() {
    return Mutants.ofCorruption().stream()
        .flatMap(mutant -> seeds().map(seed -> Arguments.of(mutant, seed)));
  }

  private static Stream<Long> seeds() {
    return Arrays.stream(System.getProperty("mutants.seeds", "1").split(",")).map(Long::valueOf);
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource({"crashMutantsAndSeeds", "asynchronousMutantsAndSeeds"})
  void crashStatesCatchTheMutant(Mutant mutant, long seed) throws Exception {
    List<String> expected = mutant.expected().stream().map(Claim::name).sorted().toList();

    Map<String, String> result =
        byCrashes(
            List.of(MutantCompiler.compile(mutant)), expected, seed, VerifyProfile.SMOKE.states());

    addRow(mutant, seed, result);
    assertThat(mutant.expected())
        .as("claims that '%s' breaks, %s", mutant, result)
        .extracting(Claim::label)
        .contains(result.getOrDefault("claim", "none"));
  }

  @ParameterizedTest(name = "{0}: {1}, seed {2}")
  @MethodSource({"inPlaceMutantsAndSeeds", "lazyZeroMutantsAndSeeds"})
  void crashStatesOfItsPolicyCatchTheMutant(String policy, Mutant mutant, long seed)
      throws Exception {
    List<String> expected = mutant.expected().stream().map(Claim::name).sorted().toList();

    Map<String, String> result =
        byCrashesWith(
            policy,
            List.of(MutantCompiler.compile(mutant)),
            expected,
            seed,
            VerifyProfile.SMOKE.states());

    addRow(mutant, seed, result);
    assertThat(mutant.expected())
        .as("claims that '%s' breaks, %s", mutant, result)
        .extracting(Claim::label)
        .contains(result.getOrDefault("claim", "none"));
  }

  @ParameterizedTest(name = "{0}, seed {1}")
  @MethodSource("corruptionMutantsAndSeeds")
  void damagedMetadataCatchesTheMutant(Mutant mutant, long seed) throws Exception {
    Map<String, String> result = byCorruption(List.of(MutantCompiler.compile(mutant)), seed);

    addRow(mutant, seed, result);
    assertThat(mutant.expected())
        .as("claims that '%s' breaks, %s", mutant, result)
        .extracting(Claim::label)
        .contains(result.getOrDefault("claim", "none"));
  }

  @Test
  void theSameAttackFindsNothingWithoutAMutant() throws Exception {
    Map<String, String> result = byCrashes(List.of(), List.of(), 1, STATES_OF_CONTROL);

    assertThat(result).doesNotContainKey("claim");
    assertThat(Long.parseLong(result.getOrDefault("states", "0"))).isGreaterThanOrEqualTo(1000);
  }

  private static Map<String, String> byCrashes(
      List<Path> classes, List<String> claims, long seed, long states)
      throws IOException, ReflectiveOperationException {
    try (MutantLoader loader = new MutantLoader(classes)) {
      return result(
          attack(loader)
              .getMethod("byCrashes", List.class, long.class, long.class)
              .invoke(null, claims, seed, states));
    }
  }

  private static Map<String, String> byCrashesWith(
      String policy, List<Path> classes, List<String> claims, long seed, long states)
      throws IOException, ReflectiveOperationException {
    try (MutantLoader loader = new MutantLoader(classes)) {
      return result(
          attack(loader)
              .getMethod("byCrashesWith", String.class, List.class, long.class, long.class)
              .invoke(null, policy, claims, seed, states));
    }
  }

  private static Map<String, String> byCorruption(List<Path> classes, long seed)
      throws IOException, ReflectiveOperationException {
    try (MutantLoader loader = new MutantLoader(classes)) {
      return result(
          attack(loader)
              .getMethod("byCorruption", long.class, long.class)
              .invoke(null, seed, (long) VerifyProfile.SMOKE.corruptions()));
    }
  }

  private static Class<?> attack(MutantLoader loader) throws ClassNotFoundException {
    return loader.loadClass(MutantAttack.class.getName());
  }

  @SuppressWarnings("unchecked") // what the methods of MutantAttack return
  private static Map<String, String> result(Object returned) {
    return (Map<String, String>) returned;
  }

  private static synchronized void addRow(Mutant mutant, long seed, Map<String, String> result) {
    ROWS.add(
        String.format(
            "%-55s %4d  %-6s %7s %5s %5s %5s  %s: %s",
            mutant.name(),
            seed,
            result.getOrDefault("claim", "NONE"),
            result.getOrDefault("states", ""),
            result.getOrDefault("runs", ""),
            result.getOrDefault("operations", ""),
            result.getOrDefault("lost", ""),
            result.getOrDefault("target", ""),
            result.getOrDefault("message", "")));
  }

  @AfterAll
  static void printTable() {
    System.out.printf(
        "%-55s %4s  %-6s %7s %5s %5s %5s  %s%n",
        "mutant", "seed", "breaks", "states", "runs", "ops", "lost", "smallest case");
    ROWS.forEach(System.out::println);
  }
}
