package dev.diolab.results.compare;

import dev.diolab.results.run.Offered;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Everything that was measured of one subject. At the same number of threads only locking differs.
 */
public final class Comparison {
  private final Subject subject;
  private final List<Measured> members;
  private final Labels labels;

  private Comparison(Subject subject, List<Measured> members) {
    this.subject = subject;
    this.members = List.copyOf(members);
    labels = Labels.of(members.stream().map(measured -> measured.cell().key()).toList());
  }

  /**
   * Sorts cells into comparisons; these and their members keep the order of the cells. Those of a
   * sweep, each under a load of its own, are compared by {@link LoadSweep}.
   */
  public static List<Comparison> of(Collection<Measured> cells) {
    Map<Subject, List<Measured>> groups = new LinkedHashMap<>();
    for (Measured measured : cells) {
      Offered offered = measured.cell().key().offered();
      if (offered != null && offered.isOfSweep()) {
        continue;
      }
      groups
          .computeIfAbsent(Subject.of(measured.cell().key()), any -> new ArrayList<>())
          .add(measured);
    }
    List<Comparison> comparisons = new ArrayList<>();
    groups.forEach((subject, members) -> comparisons.add(new Comparison(subject, members)));
    return comparisons;
  }

  /** What the members share. */
  public Subject subject() {
    return subject;
  }

  /** Whether operations arrived at a rate, the same for all members. */
  public boolean isOpenLoop() {
    return members.getFirst().cell().key().offered() != null;
  }

  /** All members, in the order of measuring. */
  public List<Measured> members() {
    return members;
  }

  /** The numbers of threads that were measured, ascending. */
  public List<Integer> threadCounts() {
    return members.stream().map(Measured::threads).distinct().sorted().toList();
  }

  /** The largest number of threads, where locking shows most. */
  public int mostThreads() {
    return threadCounts().getLast();
  }

  /** The members with this number of threads. */
  public List<Measured> at(int threads) {
    return members.stream().filter(measured -> measured.threads() == threads).toList();
  }

  /** The members of each strategy and policy, by ascending number of threads. */
  public List<List<Measured>> series() {
    Set<String> names = new LinkedHashSet<>();
    members.forEach(measured -> names.add(label(measured)));
    return names.stream().map(this::seriesOf).toList();
  }

  /** The members of one strategy and policy, named by its label, by ascending number of threads. */
  public List<Measured> seriesOf(String label) {
    return members.stream()
        .filter(measured -> label(measured).equals(label))
        .sorted(Comparator.comparingInt(Measured::threads))
        .toList();
  }

  /** What a member is called here: its strategy, with its policy where several compete. */
  public String label(Measured measured) {
    return labels.of(measured.cell().key());
  }
}
