package dev.diolab.benchmarks.verify.mutant;

import dev.diolab.benchmarks.verify.corruption.CorruptionAttack;
import dev.diolab.benchmarks.verify.corruption.CorruptionSummary;
import dev.diolab.benchmarks.verify.crash.CrashState;
import dev.diolab.benchmarks.verify.crash.Explorer;
import dev.diolab.benchmarks.verify.crash.Found;
import dev.diolab.benchmarks.verify.crash.Tally;
import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.benchmarks.verify.record.RecordedRun;
import dev.diolab.benchmarks.verify.replay.Shrinker;
import dev.diolab.benchmarks.verify.sweep.Sweep;
import dev.diolab.benchmarks.verify.sweep.Target;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.results.verify.Shard;
import dev.diolab.strategies.Pairs;
import dev.diolab.strategies.Policies;
import dev.diolab.strategies.Strategies;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The verifier as it runs inside of a {@link MutantLoader}. It takes and returns only types of the
 * JDK, which are the same inside and outside.
 */
public final class MutantAttack {
  private static final int WORKERS = 2;
  private static final Duration PATIENCE_OF_SHRINKER = Duration.ofMillis(700);

  /** How a listed failure tells its number. */
  private static final Pattern DAMAGE = Pattern.compile("damage (\\d+)");

  /** A claim that fell on a target that declares it. */
  private record Catch(Target target, Found found) {}

  private MutantAttack() {}

  /**
   * Tries crash states of all strategies and policies, as the smoke profile does, until a claim
   * falls on a target that declares it.
   *
   * @param claims names of the {@link Claim}s to look at; all when there are none
   * @return what fell, see the tests; without a claim when nothing did
   */
  public static Map<String, String> byCrashes(List<String> claims, long seed, long states) {
    return byCrashes(targets(policy -> true), claims, seed, states);
  }

  /** The same with one policy only, for mistakes that no other one makes. */
  public static Map<String, String> byCrashesWith(
      String policy, List<String> claims, long seed, long states) {
    return byCrashes(targets(each -> each.name().equals(policy)), claims, seed, states);
  }

  private static Map<String, String> byCrashes(
      List<Target> targets, List<String> claims, long seed, long states) {
    Set<Claim> wanted = EnumSet.noneOf(Claim.class);
    claims.forEach(name -> wanted.add(Claim.valueOf(name)));
    AtomicReference<@Nullable Catch> caught = new AtomicReference<>();
    AtomicReference<@Nullable Sweep> running = new AtomicReference<>();
    Sweep sweep =
        new Sweep(
            targets,
            seed,
            Shard.WHOLE,
            states,
            (target, tally) -> {
              Catch fallen = fallen(target, tally, wanted);
              if (fallen != null && caught.compareAndSet(null, fallen)) {
                stop(running);
              }
              return fallen != null;
            });
    running.set(sweep);
    Map<Target, Tally> tallies = sweep.run(WORKERS);
    long runs = tallies.values().stream().mapToLong(Tally::runs).sum();
    Map<String, String> counted =
        Map.of("states", Long.toString(sweep.states()), "runs", Long.toString(runs));
    Catch fallen = caught.get();
    return fallen == null ? counted : describe(fallen, counted);
  }

  /**
   * Damages the metadata of sound images, {@code count} times.
   *
   * @return what was accepted although it is damaged, see the tests
   */
  public static Map<String, String> byCorruption(long seed, long count) throws IOException {
    CorruptionSummary summary = CorruptionAttack.run(seed, count, done -> {});
    String tried = Long.toString(summary.tried());
    if (summary.failures() == 0) {
      return Map.of("states", tried);
    }
    String first = summary.listed().get(0);
    Matcher index = DAMAGE.matcher(first);
    String until = index.find() ? Long.toString(Long.parseLong(index.group(1)) + 1) : tried;
    return Map.of("claim", Claim.IMAGE.label(), "states", until, "message", first);
  }

  private static void stop(AtomicReference<@Nullable Sweep> running) {
    Sweep sweep = running.get();
    if (sweep != null) {
      sweep.stop();
    }
  }

  private static List<Target> targets(Predicate<ConversionPolicy> which) {
    List<Target> targets = new ArrayList<>();
    for (DioStrategy strategy : Strategies.all()) {
      Pairs.of(strategy, Policies.all()).stream()
          .filter(which)
          .forEach(policy -> targets.add(new Target(strategy, policy)));
    }
    return targets;
  }

  private static @Nullable Catch fallen(Target target, Tally tally, Set<Claim> wanted) {
    for (Claim claim : wanted.isEmpty() ? EnumSet.allOf(Claim.class) : wanted) {
      Found found = tally.first(claim);
      if (found != null && !target.strategy().isCeiling() && target.declares(claim)) {
        return new Catch(target, found);
      }
    }
    return null;
  }

  private static Map<String, String> describe(Catch fallen, Map<String, String> counted) {
    Target target = fallen.target();
    Found small =
        Shrinker.shrink(target.strategy(), target.policy(), fallen.found(), PATIENCE_OF_SHRINKER);
    return Map.of(
        "claim", small.violation().claim().label(),
        "message", small.violation().message(),
        "target", target.toString(),
        "operations", Integer.toString(small.run().script().operations()),
        "lost", lost(small.run(), small.state()),
        "states", counted.getOrDefault("states", ""),
        "runs", counted.getOrDefault("runs", ""));
  }

  /** How many writes are missing, or in part. */
  private static String lost(RecordedRun run, @Nullable CrashState state) {
    if (state == null) {
      return "-";
    }
    long whole = state.applied().stream().filter(applied -> !applied.isTorn()).count();
    return Long.toString(Explorer.looseAt(run, state.tick()).size() - whole);
  }
}
