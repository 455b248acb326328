package dev.diolab.results.compare;

import dev.diolab.results.stats.Contrast;
import dev.diolab.results.stats.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who leads in one measure at one number of threads. A member that a {@link Contrast} does not tell
 * apart from the leader ties with it. The ceiling never takes part.
 */
public final class Standing {
  /** The strategy that the others are compared with: one mutex for a whole write. */
  public static final String BASELINE = "i-mutex";

  private final List<Measured> ranked;
  private final Function<Measured, Sample> measure;

  private Standing(
      List<Measured> members, Comparator<Measured> bestFirst, Function<Measured, Sample> measure) {
    this.ranked = members.stream().filter(Measured::isRanked).sorted(bestFirst).toList();
    this.measure = measure;
  }

  /** Most operations a second first. */
  public static Standing byThroughput(List<Measured> members) {
    return new Standing(
        members,
        Comparator.comparingDouble(Standing::opsPerSecond).reversed(),
        Measured::throughput);
  }

  /** Lowest 99th percentile first, in an open loop of response time. */
  public static Standing byP99(List<Measured> members) {
    return new Standing(
        members,
        Comparator.comparingDouble(Standing::p99Us),
        measured -> measured.latency(Percentile.P99));
  }

  /** The ranked members, best first; without the ceiling. */
  public List<Measured> ranked() {
    return ranked;
  }

  /** The leader, and the members that are not told apart from it. */
  public List<Measured> leaders() {
    List<Measured> leaders = new ArrayList<>();
    for (Measured measured : ranked) {
      if (isTie(measured, ranked.getFirst())) {
        leaders.add(measured);
      }
    }
    return leaders;
  }

  /** The cell that {@code measured} is compared with: the baseline, of the same policy if any. */
  public Optional<Measured> baselineOf(Measured measured) {
    List<Measured> candidates =
        ranked.stream().filter(other -> other.cell().key().strategy().equals(BASELINE)).toList();
    return candidates.stream()
        .filter(other -> other.cell().key().policy().equals(measured.cell().key().policy()))
        .findFirst()
        .or(() -> candidates.stream().findFirst());
  }

  /** The measure of one member in terms of another's. */
  public Contrast contrast(Measured one, Measured other) {
    return Contrast.of(measure.apply(one), measure.apply(other));
  }

  /** Whether two members are not told apart; so without a spread. */
  public boolean isTie(Measured one, Measured other) {
    return contrast(one, other).isTie();
  }

  /** Whether every member was measured at least twice, so that its rounds show a spread. */
  public boolean hasSpread() {
    return ranked.stream().allMatch(measured -> measured.cell().throughput().rounds() > 1);
  }

  static double opsPerSecond(Measured measured) {
    return measured.cell().throughput().opsPerSecond();
  }

  static double p99Us(Measured measured) {
    return measured.latency(Percentile.P99).value();
  }
}
