package dev.diolab.benchmarks.verify.crash;

import dev.diolab.benchmarks.verify.history.Claim;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How often each claim was attacked and broken, and the first case of each.
 *
 * <p>Thread safety: none.
 */
public final class Tally {
  private final Map<Claim, Long> attacks = new EnumMap<>(Claim.class);
  private final Map<Claim, Long> broken = new EnumMap<>(Claim.class);
  private final Map<Claim, Found> first = new EnumMap<>(Claim.class);
  private long runs;
  private long states;

  /** Recorded workloads. */
  public long runs() {
    return runs;
  }

  /** Crash states judged. */
  public long states() {
    return states;
  }

  /** How often something could have broken {@code claim}. */
  public long attacks(Claim claim) {
    return attacks.getOrDefault(claim, 0L);
  }

  /** How often something did. */
  public long broken(Claim claim) {
    return broken.getOrDefault(claim, 0L);
  }

  /** The first case in which it did. */
  public @Nullable Found first(Claim claim) {
    return first.get(claim);
  }

  /** Whether {@code claim} fell. */
  public boolean isBroken(Claim claim) {
    return broken(claim) > 0;
  }

  void countRun() {
    runs++;
  }

  void countState() {
    states++;
  }

  void countAttacks(Claim claim, long count) {
    attacks.merge(claim, count, Long::sum);
  }

  /** Counts one attack that broke {@code found}'s claim. */
  void countBroken(Found found) {
    broken.merge(found.violation().claim(), 1L, Long::sum);
    first.putIfAbsent(found.violation().claim(), found);
  }

  /** Adds what {@code other} counted. */
  public void add(Tally other) {
    runs += other.runs;
    states += other.states;
    other.attacks.forEach((claim, count) -> attacks.merge(claim, count, Long::sum));
    other.broken.forEach((claim, count) -> broken.merge(claim, count, Long::sum));
    other.first.forEach(first::putIfAbsent);
  }
}
