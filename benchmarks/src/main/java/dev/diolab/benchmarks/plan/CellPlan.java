package dev.diolab.benchmarks.plan;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One cell to measure: one strategy and policy under one workload, variant and number of threads.
 *
 * @param workload the workload
 * @param variant one of its variants
 * @param strategy name of the strategy
 * @param policy name of the conversion policy
 * @param threads threads that issue operations
 * @param seconds measured time in one round, 0 for workloads that run until their work is done; in
 *     an open loop these end earlier where their file has no room for more
 * @param warmupSeconds time before it that is not measured
 * @param fileBytes size of the test file
 * @param rounds how often it is measured
 * @param load what is offered to it; null in a closed loop
 * @param twin whether it only repeats the cell that is its like, to show how far equals come apart
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
    int rounds,
    @Nullable OfferedLoad load,
    boolean twin) {
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

  /** How long it takes until the code of TSO32, SCAN+PUNCH and WAL-COMMIT is compiled. */
  private static final double WARM_START_SECONDS = 1;

  /**
   * A guess at how fast SCAN+PUNCH and AIO-RANDOM-SYNC get through their files, everything
   * included.
   */
  private static final double SCAN_BYTES_PER_SECOND = 40e6;

  /** A guess at how fast WAL-COMMIT and SEG-ROLL fill their logs, everything included. */
  private static final double LOG_BYTES_PER_SECOND = 5e6;

  /**
   * A guess at how fast IBD-GROW fills its files, everything included: it writes each page five
   * times, and a copy each time.
   */
  private static final double GROW_BYTES_PER_SECOND = 8e6;

  /** A guess at how fast LSM-FLUSH+WAL gets through what it is given, of which 1/8 is the log. */
  private static final double LSM_BYTES_PER_SECOND = 20e6;

  /** The same when each group of commits converts blocks of the log. */
  private static final double LSM_UNWRITTEN_BYTES_PER_SECOND = 6e6;

  /** A guess at how fast HEAP-EXTEND fills its file, everything included. */
  private static final double HEAP_BYTES_PER_SECOND = 20e6;

  /** A guess at how fast BROKER-APPEND fills its files, everything included. */
  private static final double APPEND_BYTES_PER_SECOND = 20e6;

  /** The same where every write is made durable. */
  private static final double DURABLE_APPEND_BYTES_PER_SECOND = 5e6;

  /** A guess at how fast the file of INTERFERENCE, which every fork makes, is made and checked. */
  private static final double INTERFERENCE_BYTES_PER_SECOND = 400e6;

  /** A guess at how fast other test files are made and checked; most forks find theirs made. */
  private static final double FILE_BYTES_PER_SECOND = 2e9;

  /** A cell of a closed loop. */
  public CellPlan(
      Workload workload,
      String variant,
      String strategy,
      String policy,
      int threads,
      double seconds,
      double warmupSeconds,
      long fileBytes,
      int rounds) {
    this(
        workload,
        variant,
        strategy,
        policy,
        threads,
        seconds,
        warmupSeconds,
        fileBytes,
        rounds,
        null);
  }

  /** A cell that counts. */
  public CellPlan(
      Workload workload,
      String variant,
      String strategy,
      String policy,
      int threads,
      double seconds,
      double warmupSeconds,
      long fileBytes,
      int rounds,
      @Nullable OfferedLoad load) {
    this(
        workload,
        variant,
        strategy,
        policy,
        threads,
        seconds,
        warmupSeconds,
        fileBytes,
        rounds,
        load,
        false);
  }

  /** A name that is unique in a run and fit for a file. */
  public String id() {
    String closed = String.join("_", workload.label(), variant, strategy, policy, threads + "t");
    String readable = load == null ? closed : closed + "_" + load.slug();
    return (twin ? readable + "_twin" : readable)
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9_]+", "-");
  }

  /** What is measured apart from each other: parts of the workload, or what arrives alone. */
  public List<String> parts() {
    return load == null ? workload.parts() : List.of(workload.arrivingPart());
  }

  /** This cell as far as {@code part}, one of its workload's, is concerned. */
  public CellPlan part(String part) {
    return part.isEmpty() ? this : with(variant + ", " + part, seconds, fileBytes, load, twin);
  }

  /** The same with a test file of another size. */
  CellPlan withFileBytes(long bytes) {
    return with(variant, seconds, bytes, load, twin);
  }

  /**
   * The same in an open loop.
   *
   * @param wantedSeconds measured time in one round, longer where hardly anything arrives in it
   */
  CellPlan offered(OfferedLoad offered, double wantedSeconds) {
    Double rate = offered.opsPerSecond();
    double measured = rate == null ? wantedSeconds : OfferedLoad.seconds(wantedSeconds, rate);
    return with(variant, measured, fileBytes, offered, twin);
  }

  /** The same in a closed loop, which says what the capacity is that a sweep takes shares of. */
  public CellPlan closedLoop() {
    return with(variant, seconds, fileBytes, null, twin);
  }

  /** The same once more. */
  CellPlan asTwin() {
    return with(variant, seconds, fileBytes, load, true);
  }

  private CellPlan with(
      String changedVariant,
      double measuredSeconds,
      long bytes,
      @Nullable OfferedLoad offered,
      boolean isTwin) {
    return new CellPlan(
        workload,
        changedVariant,
        strategy,
        policy,
        threads,
        measuredSeconds,
        warmupSeconds,
        bytes,
        rounds,
        offered,
        isTwin);
  }

  /** About how long one round takes, in seconds; for the time left. */
  public double expectedSeconds() {
    double rate =
        switch (workload) {
          case TSO32 -> fillBytesPerSecond();
          case SCAN_PUNCH, AIO_RANDOM_SYNC -> SCAN_BYTES_PER_SECOND;
          case HEAP_EXTEND -> HEAP_BYTES_PER_SECOND;
          case WAL_COMMIT, SEG_ROLL -> LOG_BYTES_PER_SECOND;
          case BROKER_APPEND -> appendBytesPerSecond();
          case LSM_FLUSH_WAL ->
              variant.endsWith("recycled") ? LSM_BYTES_PER_SECOND : LSM_UNWRITTEN_BYTES_PER_SECOND;
          case IBD_GROW -> GROW_BYTES_PER_SECOND;
          case INTERFERENCE -> INTERFERENCE_BYTES_PER_SECOND;
          default -> FILE_BYTES_PER_SECOND;
        };
    double start =
        switch (workload) {
          case TSO32, SCAN_PUNCH, WAL_COMMIT -> FORK_SECONDS + WARM_START_SECONDS;
          default -> FORK_SECONDS;
        };
    return start + warmupSeconds + seconds + fileBytes / rate;
  }

  private double fillBytesPerSecond() {
    if (!variant.contains("dsync")) {
      return FILL_BYTES_PER_SECOND;
    }
    return threads == 1 ? DURABLE_FILL_BYTES_PER_SECOND_ALONE : DURABLE_FILL_BYTES_PER_SECOND;
  }

  private double appendBytesPerSecond() {
    return variant.contains("fdatasync every 1,") || variant.endsWith("fdatasync every 1")
        ? DURABLE_APPEND_BYTES_PER_SECOND
        : APPEND_BYTES_PER_SECOND;
  }

  /** The name for people. */
  public String title() {
    return String.format(
        Locale.ROOT,
        "%s %s, %s/%s, %d %s%s%s",
        workload.label(),
        variant,
        strategy,
        policy,
        threads,
        threads == 1 ? "thread" : "threads",
        load == null ? "" : ", " + load.title(),
        twin ? ", twin" : "");
  }
}
