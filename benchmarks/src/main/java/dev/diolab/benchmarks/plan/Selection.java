package dev.diolab.benchmarks.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the options of the command line take from, or change in, a profile; an empty list or null
 * leaves the profile as it is.
 *
 * @param workloads only these workloads
 * @param strategies only these strategies; all when empty
 * @param policies these conversion policies in place of each strategy's own
 * @param threads these numbers of threads, for workloads on a file
 * @param seconds measured time of a cell in one round
 * @param warmupSeconds time before it that is not measured
 * @param rounds rounds of every cell
 * @param offer what is offered in open loops; closed loops without
 */
public record Selection(
    List<Workload> workloads,
    List<String> strategies,
    List<String> policies,
    List<Integer> threads,
    @Nullable Double seconds,
    @Nullable Double warmupSeconds,
    @Nullable Integer rounds,
    @Nullable Offer offer) {

  /** Everything as the profile says. */
  public static final Selection ALL =
      new Selection(List.of(), List.of(), List.of(), List.of(), null, null, null);

  /** A selection for closed loops. */
  public Selection(
      List<Workload> workloads,
      List<String> strategies,
      List<String> policies,
      List<Integer> threads,
      @Nullable Double seconds,
      @Nullable Double warmupSeconds,
      @Nullable Integer rounds) {
    this(workloads, strategies, policies, threads, seconds, warmupSeconds, rounds, null);
  }

  /** Copies the lists. */
  public Selection {
    workloads = List.copyOf(workloads);
    strategies = List.copyOf(strategies);
    policies = List.copyOf(policies);
    threads = List.copyOf(threads);
  }
}
