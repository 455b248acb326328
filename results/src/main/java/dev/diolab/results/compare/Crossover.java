package dev.diolab.results.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether more threads change who is fastest, as a sentence. */
public final class Crossover {
  private record Lead(int threads, Set<String> leaders) {}

  private Crossover() {}

  /**
   * Who leads in throughput at which number of threads; empty where that does not change, where
   * there is only one number, or where the rounds show no spread.
   */
  public static Optional<String> of(Comparison comparison) {
    List<Lead> leads = new ArrayList<>();
    for (int threads : comparison.threadCounts()) {
      Standing standing =
          Standing.byThroughput(
              comparison.at(threads).stream().filter(Ranking::mayBeChosen).toList());
      if (standing.ranked().size() < 2 || !standing.hasSpread()) {
        return Optional.empty();
      }
      Set<String> leaders =
          standing.leaders().stream()
              .map(comparison::label)
              .collect(Collectors.toCollection(TreeSet::new));
      if (leads.isEmpty() || !leads.getLast().leaders().equals(leaders)) {
        leads.add(new Lead(threads, leaders));
      }
    }
    return leads.size() < 2 || comparison.isOpenLoop()
        ? Optional.empty()
        : Optional.of(
            "With more threads others lead in throughput, or tie with who leads: %s."
                .formatted(
                    leads.stream().map(Crossover::phrase).collect(Collectors.joining("; "))));
  }

  private static String phrase(Lead lead) {
    return "from %d on %s".formatted(lead.threads(), Labels.listed(List.copyOf(lead.leaders())));
  }
}
