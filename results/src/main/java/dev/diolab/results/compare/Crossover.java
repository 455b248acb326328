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
   * there is only one number, or where the rounds show no spread. Of those that lead it names whose
   * throughput had not settled, so that it led, or did not lead alone, for a moment only.
   */
  public static Optional<String> of(Comparison comparison) {
    List<Lead> leads = new ArrayList<>();
    List<String> drifting = new ArrayList<>();
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
      standing.leaders().forEach(leader -> drift(comparison, leader).ifPresent(drifting::add));
    }
    return leads.size() < 2 || comparison.isOpenLoop()
        ? Optional.empty()
        : Optional.of(
            "With more threads others lead in throughput, or tie with who leads: %s.%s"
                .formatted(
                    leads.stream().map(Crossover::phrase).collect(Collectors.joining("; ")),
                    drifting.isEmpty()
                        ? ""
                        : " Still drifting while measured: %s."
                            .formatted(String.join("; ", drifting))));
  }

  private static String phrase(Lead lead) {
    return "from %d on %s".formatted(lead.threads(), Labels.listed(List.copyOf(lead.leaders())));
  }

  /** How the throughput of a leader still moved; empty where it had settled. */
  private static Optional<String> drift(Comparison comparison, Measured leader) {
    int threads = leader.threads();
    return Drift.of(leader)
        .filter(drift -> drift.throughput() != 0)
        .map(
            drift ->
                "%s at %d %s (%s)"
                    .formatted(
                        comparison.label(leader),
                        threads,
                        threads == 1 ? "thread" : "threads",
                        drift.title()));
  }
}
