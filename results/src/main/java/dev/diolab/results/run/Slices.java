package dev.diolab.results.run;

import java.util.ArrayList;
import java.util.List;

/**
 * What a cell did from slice to slice of its time, so that one can see whether it had settled. All
 * slices of the warm-up are equally long, and so are those of the measured time. Figures are means
 * over the rounds, each of which begins anew.
 *
 * @param warmup slices of the time before measuring, in their order
 * @param measured slices of the measured time, in their order; at least one
 */
public record Slices(List<Slice> warmup, List<Slice> measured) {

  /**
   * One slice.
   *
   * @param opsPerSecond operations that returned in it, a second
   * @param p99Us 99th percentile of their service time, to one significant digit; 0 without any
   */
  public record Slice(double opsPerSecond, double p99Us) {
    /** Refuses negative quantities. */
    public Slice {
      Require.quantity("slices.opsPerSecond", opsPerSecond);
      Require.quantity("slices.p99Us", p99Us);
    }
  }

  /** Copies the lists. */
  public Slices {
    warmup = Require.list("slices.warmup", warmup);
    measured = Require.list("slices.measured", measured);
    Require.that(!measured.isEmpty(), "slices.measured is empty");
  }

  /**
   * The means over rounds.
   *
   * @param rounds at least one, all with as many slices
   */
  public static Slices mean(List<Slices> rounds) {
    return new Slices(
        means(rounds.stream().map(Slices::warmup).toList()),
        means(rounds.stream().map(Slices::measured).toList()));
  }

  private static List<Slice> means(List<List<Slice>> rounds) {
    List<Slice> means = new ArrayList<>();
    for (int i = 0; i < rounds.getFirst().size(); i++) {
      double ops = 0;
      double p99 = 0;
      for (List<Slice> round : rounds) {
        ops += round.get(i).opsPerSecond();
        p99 += round.get(i).p99Us();
      }
      means.add(new Slice(ops / rounds.size(), p99 / rounds.size()));
    }
    return means;
  }
}
