package dev.diolab.benchmarks.run;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.plan.CellPlan;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.workload.AfterMeasuring;
import dev.diolab.benchmarks.workload.AioRandomSyncBenchmark;
import dev.diolab.benchmarks.workload.BrokerAppendBenchmark;
import dev.diolab.benchmarks.workload.CachedReadBenchmark;
import dev.diolab.benchmarks.workload.ExtentLookupBenchmark;
import dev.diolab.benchmarks.workload.ForkSettings;
import dev.diolab.benchmarks.workload.HeapExtendBenchmark;
import dev.diolab.benchmarks.workload.IbdGrowBenchmark;
import dev.diolab.benchmarks.workload.InterferenceBenchmark;
import dev.diolab.benchmarks.workload.LsmFlushWalBenchmark;
import dev.diolab.benchmarks.workload.PageArrivalsBenchmark;
import dev.diolab.benchmarks.workload.PageOverwriteBenchmark;
import dev.diolab.benchmarks.workload.ScanPunchBenchmark;
import dev.diolab.benchmarks.workload.SegRollBenchmark;
import dev.diolab.benchmarks.workload.Tso32Benchmark;
import dev.diolab.benchmarks.workload.WalCommitBenchmark;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs one cell in one round: one fork of JMH. */
final class ForkRunner {
  /**
   * The same JVM for all: a fixed heap, so that no fork spends time on growing it, and a collector
   * without threads that run beside the workers; the measured paths allocate next to nothing, so
   * that it has nothing to do meanwhile.
   */
  private static final List<String> JVM_ARGUMENTS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+UseParallelGC",
          "-XX:-UsePerfData");

  private static final List<String> HEAP = List.of("-Xms512m", "-Xmx512m");

  /** EXTENT-LOOKUP shall show that a million extents need no more than this. */
  private static final List<String> SMALL_HEAP = List.of("-Xms64m", "-Xmx64m");

  /** A pass of TSO32 takes as long as it takes; JMH would end it after ten minutes. */
  private static final TimeValue TIMEOUT = TimeValue.hours(2);

  /**
   * JMH allows one run on a machine, and by a lock that it holds during each fork only: two runs
   * would take turns and one of them fail somewhere in the middle. What two runs must not share is
   * the image, and that has its own lock.
   */
  private static final String IGNORE_LOCK = "jmh.ignoreLock";

  private final OutputFormat log;

  /** Runs forks whose JMH output goes to {@code log}. */
  ForkRunner(PrintStream log) {
    System.setProperty(IGNORE_LOCK, "true");
    this.log = OutputFormatFactory.createFormatInstance(log, VerboseMode.NORMAL);
  }

  /**
   * Runs one fork and waits for its end.
   *
   * @param settings file of the fork's {@link ForkSettings}
   * @throws Failure when JMH could not start it or its benchmark failed
   */
  Collection<RunResult> run(CellPlan cell, Path settings) {
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("^" + Pattern.quote(benchmark(cell).getName()) + "\\.")
            .param("strategy", cell.strategy())
            .param("policy", cell.policy())
            .param("variant", cell.variant())
            .threads(cell.threads() + cell.workload().extraThreads())
            .forks(1)
            .warmupIterations(1)
            .measurementIterations(1)
            .timeout(TIMEOUT)
            .shouldFailOnError(true)
            .jvmArgs(jvmArguments(cell.workload(), settings));
    // An open loop keeps its time by itself.
    if (cell.seconds() > 0 && cell.load() == null) {
      options
          .warmupTime(time(cell.warmupSeconds()))
          .measurementTime(time(cell.seconds()))
          .addProfiler(AfterMeasuring.class) // first, so that it comes last
          .addProfiler(GCProfiler.class);
    }
    try {
      return new Runner(options.build(), log).run();
    } catch (RunnerException e) {
      throw Failure.run(ForkFailure.sentence(cell, e), e);
    }
  }

  private static Class<?> benchmark(CellPlan cell) {
    return cell.load() == null ? closedLoop(cell.workload()) : openLoop(cell.workload());
  }

  private static Class<?> openLoop(Workload workload) {
    return switch (workload) {
      case PAGE_OVERWRITE -> PageArrivalsBenchmark.class;
      // These work in passes, and send by themselves.
      case WAL_COMMIT -> WalCommitBenchmark.class;
      case TSO32 -> Tso32Benchmark.class;
      default -> throw new AssertionError(workload.label() + " has no open loop");
    };
  }

  private static Class<?> closedLoop(Workload workload) {
    return switch (workload) {
      case PAGE_OVERWRITE, LOCK_COST -> PageOverwriteBenchmark.class;
      case TSO32 -> Tso32Benchmark.class;
      case WAL_COMMIT -> WalCommitBenchmark.class;
      case AIO_RANDOM_SYNC -> AioRandomSyncBenchmark.class;
      case INTERFERENCE -> InterferenceBenchmark.class;
      case SCAN_PUNCH -> ScanPunchBenchmark.class;
      case BROKER_APPEND -> BrokerAppendBenchmark.class;
      case SEG_ROLL -> SegRollBenchmark.class;
      case HEAP_EXTEND -> HeapExtendBenchmark.class;
      case IBD_GROW -> IbdGrowBenchmark.class;
      case LSM_FLUSH_WAL -> LsmFlushWalBenchmark.class;
      case CACHED_READ -> CachedReadBenchmark.class;
      case EXTENT_LOOKUP -> ExtentLookupBenchmark.class;
    };
  }

  private static String[] jvmArguments(Workload workload, Path settings) {
    List<String> heap = workload == Workload.EXTENT_LOOKUP ? SMALL_HEAP : HEAP;
    return Stream.of(JVM_ARGUMENTS, heap, List.of("-D" + ForkSettings.PROPERTY + "=" + settings))
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  private static TimeValue time(double seconds) {
    return TimeValue.milliseconds(Math.max(1, Math.round(seconds * 1000)));
  }
}
