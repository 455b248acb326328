package dev.diolab.benchmarks.plan;

import java.util.Locale;

/**
 * One cell to measure: one strategy and policy under one workload, variant and number of threads.
 *
 * @param workload the workload
 * @param variant one of its variants
 * @param strategy name of the strategy
 * @param policy name of the conversion policy
 * @param threads threads that issue operations
 * @param seconds measured time in one round, 0 for workloads that run until their work is done
 * @param warmupSeconds time before it that is not measured
 * @param fileBytes size of the test file
 * @param rounds how often it is measured
 */
public record CellPlan(
    Workload workload,
    String variant,
    String strategy,
    String policy,
    int threads,
    double seconds,
    double warmupSeconds,
    long fileBytes,
    int rounds) {
  /** Start of the forked JVM, mount, unmount and the check afterwards. */
  private static final double FORK_SECONDS = 1.3;

  /**
   * A guess at how fast the random writes of TSO32 get through their file, preparation, warm-up and
   * check included.
   */
  private static final double FILL_BYTES_PER_SECOND = 100e6;

  /** The same where every write is durable before the next one of its thread. */
  private static final double DURABLE_FILL_BYTES_PER_SECOND = 60e6;

  /** The same for one thread. */
  private static final double DURABLE_FILL_BYTES_PER_SECOND_ALONE = 25e6;

  /** How long it takes until the code of TSO32 is compiled. */
  private static final double FILL_START_SECONDS = 1;

  /**
   * A guess at how fast SCAN+PUNCH and AIO-RANDOM-SYNC get through their files, everything
   * included.
   */
  private static final double SCAN_BYTES_PER_SECOND = 40e6;

  /** A guess at how fast WAL-COMMIT fills its log, everything included. */
  private static final double LOG_BYTES_PER_SECOND = 5e6;

  /** A guess at how fast the file of INTERFERENCE, which every fork makes, is made and checked. */
  private static final double INTERFERENCE_BYTES_PER_SECOND = 400e6;

  /** A guess at how fast other test files are made and checked; most forks find theirs made. */
  private static final double FILE_BYTES_PER_SECOND = 2e9;

  /** A name that is unique in a run and fit for a file. */
  public String id() {
    String readable = String.join("_", workload.label(), variant, strategy, policy, threads + "t");
    return readable.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-");
  }

  /** This cell as far as {@code part}, one of its workload's, is concerned. */
  public CellPlan part(String part) {
    return part.isEmpty()
        ? this
        : new CellPlan(
            workload,
            variant + ", " + part,
            strategy,
            policy,
            threads,
            seconds,
            warmupSeconds,
            fileBytes,
            rounds);
  }

  /** The same with a test file of another size. */
  CellPlan withFileBytes(long bytes) {
    return new CellPlan(
        workload, variant, strategy, policy, threads, seconds, warmupSeconds, bytes, rounds);
  }

  /** About how long one round takes, in seconds; for the time left. */
  public double expectedSeconds() {
    double rate =
        switch (workload) {
          case TSO32 -> fillBytesPerSecond();
          case SCAN_PUNCH, AIO_RANDOM_SYNC -> SCAN_BYTES_PER_SECOND;
          case WAL_COMMIT -> LOG_BYTES_PER_SECOND;
          case INTERFERENCE -> INTERFERENCE_BYTES_PER_SECOND;
          default -> FILE_BYTES_PER_SECOND;
        };
    double start = workload == Workload.TSO32 ? FORK_SECONDS + FILL_START_SECONDS : FORK_SECONDS;
    return start + warmupSeconds + seconds + fileBytes / rate;
  }

  private double fillBytesPerSecond() {
    if (!variant.contains("dsync")) {
      return FILL_BYTES_PER_SECOND;
    }
    return threads == 1 ? DURABLE_FILL_BYTES_PER_SECOND_ALONE : DURABLE_FILL_BYTES_PER_SECOND;
  }

  /** The name for people. */
  public String title() {
    return String.format(
        Locale.ROOT,
        "%s %s, %s/%s, %d %s",
        workload.label(),
        variant,
        strategy,
        policy,
        threads,
        threads == 1 ? "thread" : "threads");
  }
}
