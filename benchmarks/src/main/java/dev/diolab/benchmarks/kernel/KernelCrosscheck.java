package dev.diolab.benchmarks.kernel;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Fills files on file systems of the kernel and on volumes of the model, in turn. Absolute rates
 * differ for many reasons (a journal thread, a page cache, a language); ratios within one target
 * say whether the same things cost the same.
 *
 * <p>Thread safety: none.
 */
public final class KernelCrosscheck {
  /** How far the model's ratio may be from the kernel's and still agree: 0.75 to 1.33. */
  public static final double AGREEMENT = 0.75;

  private final List<FillTarget> targets;
  private final List<FillRatio> ratios;
  private final long bytes;
  private final long seed;
  private final int rounds;

  /**
   * A comparison.
   *
   * @param targets what is compared
   * @param threads the largest number of threads, compared with one
   * @param bytes size of each file
   * @param rounds measured rounds; one more before them warms up
   */
  public KernelCrosscheck(
      List<FillTarget> targets, int threads, long bytes, long seed, int rounds) {
    this.targets = List.copyOf(targets);
    this.ratios = FillRatio.all(1, threads);
    this.bytes = bytes;
    this.seed = seed;
    this.rounds = rounds;
  }

  /** The ratios that are compared. */
  public List<FillRatio> ratios() {
    return ratios;
  }

  /** The cells that are measured of each target. */
  public List<FillCell> cells() {
    return FillRatio.cells(ratios);
  }

  /** Fills that {@link #run} will do. */
  public int turns() {
    return targets.size() * cells().size() * (1 + rounds);
  }

  /**
   * Measures everything; the results in the order of the targets.
   *
   * @param progress told what runs now
   */
  public List<TargetFills> run(Consumer<String> progress) throws IOException {
    List<TargetFills> results =
        targets.stream().map(target -> new TargetFills(target.name())).toList();
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      order.add(i);
    }
    for (int round = 0; round <= rounds; round++) {
      for (FillCell cell : cells()) {
        for (int index : order) {
          FillTarget target = targets.get(index);
          progress.accept(target.name() + ", " + cell.title() + ", " + name(round));
          Fill.Result result = Fill.run(target, cell, bytes, seed + round);
          if (round > 0) {
            results.get(index).add(cell, result);
          }
        }
        Collections.rotate(order, 1);
      }
    }
    return results;
  }

  private String name(int round) {
    return round == 0 ? "warming up" : "round " + round + "/" + rounds;
  }

  /** Whether a ratio of the model is near enough to the kernel's. */
  public static boolean agrees(double model, double kernel) {
    double quotient = model / kernel;
    return AGREEMENT <= quotient && quotient <= 1 / AGREEMENT;
  }
}
