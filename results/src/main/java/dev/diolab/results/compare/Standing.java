package dev.diolab.results.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Who leads in one measure at one number of threads. A member whose rounds overlap with the
 * leader's is not told apart from it: that is a tie. The ceiling never takes part.
 */
public final class Standing {
  /** The strategy that the others are compared with: one mutex for a whole write. */
  public static final String BASELINE = "i-mutex";

  private final List<Measured> ranked;
  private final Function<Measured, Range> range;

  private Standing(
      List<Measured> members, Comparator<Measured> bestFirst, Function<Measured, Range> range) {
    this.ranked = members.stream().filter(Measured::isRanked).sorted(bestFirst).toList();
    this.range = range;
  }

  /** Most operations a second first. */
  public static Standing byThroughput(List<Measured> members) {
    return new Standing(
        members,
        Comparator.comparingDouble(Standing::opsPerSecond).reversed(),
        Measured::throughputRange);
  }

  /** Lowest 99th percentile first. */
  public static Standing byP99(List<Measured> members) {
    return new Standing(members, Comparator.comparingDouble(Standing::p99Us), Measured::p99UsRange);
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

  /** Whether the rounds of two members overlap. */
  public boolean isTie(Measured one, Measured other) {
    return range.apply(one).overlaps(range.apply(other));
  }

  /** Whether every member was measured at least twice, so that its rounds show a spread. */
  public boolean hasSpread() {
    return ranked.stream().allMatch(measured -> measured.cell().throughput().rounds() > 1);
  }

  static double opsPerSecond(Measured measured) {
    return measured.cell().throughput().opsPerSecond();
  }

  static double p99Us(Measured measured) {
    return measured.cell().latency().p99Us();
  }
}
