package dev.diolab.results;

import dev.diolab.results.run.Cell;
import dev.diolab.results.run.CellKey;
import dev.diolab.results.run.Effects;
import dev.diolab.results.run.Git;
import dev.diolab.results.run.HistogramFile;
import dev.diolab.results.run.Interval;
import dev.diolab.results.run.Latency;
import dev.diolab.results.run.Offered;
import dev.diolab.results.run.OpenLoop;
import dev.diolab.results.run.Phase;
import dev.diolab.results.run.PhaseStats;
import dev.diolab.results.run.Phases;
import dev.diolab.results.run.Promise;
import dev.diolab.results.run.RunFile;
import dev.diolab.results.run.Slices;
import dev.diolab.results.run.SyncLatency;
import dev.diolab.results.run.Throughput;
import dev.diolab.results.run.VerdictSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Writes the raw files of a run that never was, from a seed: a crude model of threads that queue
 * for locks, so that the numbers look like a real run's and differ between strategies.
 */
public final class SyntheticRun {
  /** Ranked strategies and the ceiling, with the share of an operation that each serialises. */
  private static final Map<String, Double> SERIAL_SHARE = new LinkedHashMap<>();

  static {
    SERIAL_SHARE.put("i-mutex", 0.9);
    SERIAL_SHARE.put("placeholder", 0.12);
    SERIAL_SHARE.put("overwrite-nolock", 0.02);
    SERIAL_SHARE.put("iomap-endio", 0.02);
    SERIAL_SHARE.put("no-lock", 0.0);
  }

  private static final Instant STARTED = Instant.parse("2026-11-21T07:00:00Z");

  private final Path directory;
  private final Random random;
  private final List<Cell> cells = new ArrayList<>();
  private final List<Cell> twins = new ArrayList<>();
  private final Map<String, Object> measuredParameters = new LinkedHashMap<>();
  private final Map<String, String> verdictsByStrategy = new LinkedHashMap<>();
  private final Map<String, Double> slowDowns = new LinkedHashMap<>();
  private final Map<String, Object> settings = new LinkedHashMap<>();
  private Git git = new Git("89d48d6f0c2b7a1e5d3c4b6a79880123456789ab", false);
  private @Nullable VerdictSource verdicts;
  private @Nullable Offered offered;
  private @Nullable String twin;
  private @Nullable Slices slices;
  private int rounds = 2;
  private int operationsPerRound = 8_000;

  private static final class Recorder {
    private final Map<Phase, Histogram> byPhase = new EnumMap<>(Phase.class);

    Histogram of(Phase phase) {
      return byPhase.computeIfAbsent(phase, any -> new Histogram(3));
    }
  }

  private SyntheticRun(Path directory, long seed) {
    this.directory = directory;
    this.random = new Random(seed);
  }

  /** Starts a run in a directory that it makes. */
  public static SyntheticRun in(Path directory, long seed) throws IOException {
    Files.createDirectories(directory.resolve("hdr"));
    return new SyntheticRun(directory, seed);
  }

  /** Sixty cells: two workloads, two variants each, three numbers of threads, five strategies. */
  public static RunFile sixtyCells(Path directory, long seed) throws IOException {
    SyntheticRun run = in(directory, seed);
    int[] threads = {1, 4, 16};
    run.add("PAGE-OVERWRITE", "4k-write", 4096, false, threads);
    run.add("PAGE-OVERWRITE", "16k-mixed", 16384, false, threads);
    run.add("TSO32", "unwritten, dsync", 32768, true, threads);
    run.add("TSO32", "zeroed+fill, fdatasync", 32768, false, threads);
    return run.write();
  }

  /** Where the run lies. */
  public Path directory() {
    return directory;
  }

  /** Sets how often each further cell is measured. */
  public SyntheticRun rounds(int count) {
    rounds = count;
    return this;
  }

  /** Sets how many operations each further round has. */
  public SyntheticRun operationsPerRound(int count) {
    operationsPerRound = count;
    return this;
  }

  /**
   * Sets the load of all further cells; none for a closed loop. From 100 % of its capacity on a
   * strategy does four fifths of what is offered, and requests wait long.
   */
  public SyntheticRun offered(@Nullable Offered load) {
    offered = load;
    return this;
  }

  /** Lets all further cells of a strategy have twins. */
  public SyntheticRun twin(String strategy) {
    twin = strategy;
    return this;
  }

  /** Sets what all further cells did from slice to slice. */
  public SyntheticRun slices(Slices each) {
    slices = each;
    return this;
  }

  private boolean fallsBehind() {
    return offered != null
        && offered.percentOfCapacity() != null
        && offered.percentOfCapacity() >= 100;
  }

  /** Sets where the verdicts come from. */
  public SyntheticRun verdicts(VerdictSource source) {
    verdicts = source;
    return this;
  }

  /** Sets the verdict on all further cells of a strategy; {@code unchecked} without. */
  public SyntheticRun verdict(String strategy, String verdict) {
    verdictsByStrategy.put(strategy, verdict);
    return this;
  }

  private String verdict(CellKey key) {
    return verdictsByStrategy.getOrDefault(key.strategy(), Promise.UNCHECKED);
  }

  /** Lets the device take so many times as long in all further cells of a strategy. */
  public SyntheticRun slower(String strategy, double times) {
    slowDowns.put(strategy, times);
    return this;
  }

  /** Sets the source that measured. */
  public SyntheticRun git(Git source) {
    git = source;
    return this;
  }

  /** Sets what the environment says of something. */
  public SyntheticRun environment(String name, Object value) {
    settings.put(name, value);
    return this;
  }

  /** Adds a parameter that came out of measuring. */
  public SyntheticRun parameter(String name, Object value) {
    measuredParameters.put(name, value);
    return this;
  }

  /** Adds all strategies at each number of threads. */
  public SyntheticRun add(
      String workload, String variant, int bytes, boolean converts, int... threadCounts)
      throws IOException {
    for (int threads : threadCounts) {
      for (String strategy : SERIAL_SHARE.keySet()) {
        CellKey key = new CellKey(workload, variant, strategy, "end-io", threads, "file");
        add(key, bytes, converts);
      }
    }
    return this;
  }

  /** Adds one cell. */
  public SyntheticRun add(CellKey closed, int bytes, boolean converts) throws IOException {
    CellKey key =
        new CellKey(
            closed.workload(),
            closed.variant(),
            closed.strategy(),
            closed.policy(),
            closed.threads(),
            closed.device(),
            offered);
    String name = "hdr/cell-%03d".formatted(cells.size());
    cells.add(measure(key, bytes, converts, name + ".hlog"));
    if (key.strategy().equals(twin)) {
      twins.add(measure(key, bytes, converts, name + "-twin.hlog"));
    }
    return this;
  }

  private Cell measure(CellKey key, int bytes, boolean converts, String file) throws IOException {
    Recorder all = new Recorder();
    List<Interval> intervals = new ArrayList<>();
    List<Throughput.Round> measured = new ArrayList<>();
    boolean syncs = key.variant().contains("fdatasync");
    for (int round = 0; round < rounds; round++) {
      Recorder histograms = round(key, bytes, converts, syncs);
      double seconds =
          offered == null
              ? histograms.of(Phase.TOTAL).getMean() * operationsPerRound / key.threads() / 1e9
              : operationsPerRound / offered.opsPerSecond() / (fallsBehind() ? 0.8 : 1);
      measured.add(
          new Throughput.Round(operationsPerRound, (long) operationsPerRound * bytes, seconds));
      Instant start = STARTED.plusSeconds(10L * intervals.size());
      Instant end = start.plus(Duration.ofNanos((long) (seconds * 1e9)));
      for (Phase phase : Phase.values()) {
        if (phase.isOfEveryOperation() || histograms.of(phase).getTotalCount() > 0) {
          intervals.add(new Interval(phase, start, end, histograms.of(phase)));
          all.of(phase).add(histograms.of(phase));
        }
      }
    }
    HistogramFile.write(directory.resolve(file), STARTED, intervals);
    return new Cell(
        key,
        Throughput.of(measured),
        Latency.of(all.of(Phase.TOTAL)),
        Phases.of(phase -> PhaseStats.of(all.of(phase))),
        offered == null ? null : openLoop(offered.opsPerSecond(), all.of(Phase.RESPONSE)),
        syncs ? SyncLatency.of(all.of(Phase.SYNC)) : null,
        key.variant().contains("fill") ? 3.25 : null,
        effects(converts, bytes),
        null,
        new Promise(
            key.strategy().equals("no-lock") ? List.of() : List.of("G1", "G2", "G3", "G8"),
            !key.strategy().equals("no-lock"),
            verdict(key)),
        file,
        slices);
  }

  private OpenLoop openLoop(double opsPerSecond, Histogram response) {
    long unsent = fallsBehind() ? response.getTotalCount() / 4 : 0;
    return new OpenLoop(
        response.getTotalCount() + unsent, opsPerSecond, unsent, Latency.of(response));
  }

  /** The run with the cells so far; writes nothing. */
  public RunFile run() {
    Map<String, Object> environment = new LinkedHashMap<>();
    environment.put("os", "Linux");
    environment.put("kernel", "6.12.0-amd64");
    environment.put("cpuModel", "Synthetic <CPU> & Co");
    environment.put("cpus", 2);
    environment.put("memoryBytes", 25_769_803_776L);
    environment.put("jvm", "25.0.1+8");
    environment.put("fileSystem", "ext4");
    environment.put("mountOptions", "rw,relatime");
    environment.put("device", "nvme0n1");
    environment.put("scheduler", "none");
    environment.put("writeCache", "write back");
    environment.putAll(settings);
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("imageBytes", 1_073_741_824L);
    parameters.put("blockBytes", 4096);
    parameters.put("secondsPerCell", 1.5);
    parameters.put("rounds", rounds);
    parameters.putAll(measuredParameters);
    return new RunFile(
        RunFile.SCHEMA,
        STARTED,
        212.4,
        environment,
        git,
        "quick",
        12345,
        parameters,
        verdicts,
        cells,
        twins.isEmpty() ? null : twins);
  }

  /** Writes {@code run.json}. */
  public RunFile write() throws IOException {
    RunFile run = run();
    run.write(directory.resolve("run.json"));
    return run;
  }

  private Recorder round(CellKey key, int bytes, boolean converts, boolean syncs) {
    Recorder histograms = new Recorder();
    double serial = SERIAL_SHARE.getOrDefault(key.strategy(), 0.3);
    double drift = slowDowns.getOrDefault(key.strategy(), 1.0) * (1 + 0.02 * random.nextGaussian());
    for (int i = 0; i < operationsPerRound; i++) {
      long device = (long) (drift * logNormal(60_000 + bytes * 2.0, 0.35));
      if (random.nextInt(1_000) == 0) {
        device *= 12;
      }
      long lock = (long) (200 + serial * (key.threads() - 1) * logNormal((double) device, 0.25));
      long mapping = (long) logNormal(900, 0.2);
      long conversion = converts ? (long) logNormal(7_000, 0.4) : 0;
      long journal = converts && random.nextInt(4) == 0 ? (long) logNormal(250_000, 0.5) : 0;
      long other = (long) logNormal(1_500, 0.2);
      histograms.of(Phase.LOCK_WAIT).recordValue(serial == 0 ? 0 : lock);
      histograms.of(Phase.MAPPING).recordValue(mapping);
      histograms.of(Phase.DEVICE).recordValue(device);
      histograms.of(Phase.CONVERSION).recordValue(conversion);
      histograms.of(Phase.JOURNAL_WAIT).recordValue(journal);
      histograms
          .of(Phase.TOTAL)
          .recordValue((serial == 0 ? 0 : lock) + mapping + device + conversion + journal + other);
      if (offered != null) {
        double service = lock + mapping + device + conversion + journal + other;
        histograms.of(Phase.RESPONSE).recordValue((long) (service * (fallsBehind() ? 90 : 1.25)));
      }
      if (syncs && i % 1_000 == 0) {
        histograms.of(Phase.SYNC).recordValue((long) logNormal(1_800_000, 0.6));
      }
    }
    return histograms;
  }

  private Effects effects(boolean converts, int bytes) {
    long operations = (long) operationsPerRound * rounds;
    return new Effects(
        converts ? 8 : 256,
        converts ? 412 : 256,
        converts ? operations / 9 : 0,
        converts ? operations / 2 : 0,
        operations,
        operations * bytes,
        converts ? operations / 5 : 2,
        converts ? operations * 512 : 0);
  }

  private double logNormal(double median, double sigma) {
    return median * Math.exp(sigma * random.nextGaussian());
  }
}
