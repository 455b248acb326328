package dev.diolab.benchmarks.plan;

import dev.diolab.strategies.Strategies;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a profile: every combination of its variants and threads is measured for every
 * strategy.
 *
 * @param workload label of the workload
 * @param variants variants of the workload
 * @param threads numbers of threads, 1 to 64
 * @param seconds measured time of a cell in one round, for workloads that run for a time
 * @param warmupSeconds time before it that is not measured
 * @param fileMiB size of the test file, for PAGE-OVERWRITE and HEAP-EXTEND; of all files, for
 *     SCAN+PUNCH and BROKER-APPEND, IBD-GROW and LSM-FLUSH+WAL; of all logs, for WAL-COMMIT and
 *     SEG-ROLL
 * @param chunks chunks of 32 MiB that are filled, for TSO32
 * @param rounds rounds, when it is not the profile's number
 * @param policies conversion policies to cross the strategies with; each strategy's own when
 *     absent, and all there are when it is {@code all}
 * @param controls variants that the others are compared with and in which nothing is converted:
 *     measured once for every strategy, with its own policy, in turn with all variants of the block
 * @param twin a strategy that is measured twice, as two cells in turn with all others, for each
 *     variant and number of threads: what its two cells differ by is noise; none when absent
 */
public record Block(
    String workload,
    List<String> variants,
    List<Integer> threads,
    @Nullable Double seconds,
    @Nullable Double warmupSeconds,
    @Nullable Integer fileMiB,
    @Nullable Integer chunks,
    @Nullable Integer rounds,
    @Nullable List<String> policies,
    @Nullable List<String> controls,
    @Nullable String twin) {

  /** Most threads that a cell may have. */
  public static final int MAX_THREADS = 64;

  /** A block in which nothing is measured twice. */
  public Block(
      String workload,
      List<String> variants,
      List<Integer> threads,
      @Nullable Double seconds,
      @Nullable Double warmupSeconds,
      @Nullable Integer fileMiB,
      @Nullable Integer chunks,
      @Nullable Integer rounds,
      @Nullable List<String> policies,
      @Nullable List<String> controls) {
    this(
        workload,
        variants,
        threads,
        seconds,
        warmupSeconds,
        fileMiB,
        chunks,
        rounds,
        policies,
        controls,
        null);
  }

  /**
   * Checks what a file of profiles says.
   *
   * @throws IllegalArgumentException naming the field and the value that is wrong
   */
  public Block {
    if (workload == null || variants == null || threads == null) {
      throw new IllegalArgumentException("a block needs workload, variants and threads");
    }
    Workload known = Workload.byLabel(workload);
    variants = List.copyOf(variants);
    threads = List.copyOf(threads);
    if (variants.isEmpty() || threads.isEmpty()) {
      throw new IllegalArgumentException(workload + ": variants and threads must not be empty");
    }
    policies = policies == null ? null : List.copyOf(policies);
    controls = controls == null ? null : List.copyOf(controls);
    requireKnown(known, variants);
    requireKnown(known, controls == null ? List.of() : controls);
    for (int count : threads) {
      if (count < 1 || count > MAX_THREADS) {
        throw new IllegalArgumentException(
            workload + ": threads " + count + " is not from 1 to " + MAX_THREADS);
      }
    }
    requirePositive(workload, "seconds", seconds);
    requirePositive(workload, "warmupSeconds", warmupSeconds);
    requirePositive(workload, "fileMiB", fileMiB);
    requirePositive(workload, "chunks", chunks);
    requirePositive(workload, "rounds", rounds);
    if (twin != null) {
      requireRanked(workload, twin);
    }
  }

  private static void requireRanked(String workload, String twin) {
    if (Strategies.byName(twin).isCeiling()) {
      throw new IllegalArgumentException(
          workload + ": twin " + twin + " is never ranked, so its noise decides nothing");
    }
  }

  private static void requirePositive(String workload, String field, @Nullable Number value) {
    if (value != null && !(value.doubleValue() > 0)) {
      throw new IllegalArgumentException(workload + ": " + field + " " + value + " is not above 0");
    }
  }

  private static void requireKnown(Workload workload, List<String> variants) {
    for (String variant : variants) {
      if (!workload.variants().contains(variant)) {
        throw new IllegalArgumentException(
            workload.label()
                + " has no variant '"
                + variant
                + "'; it has: "
                + String.join("; ", workload.variants()));
      }
    }
  }
}
