package dev.diolab.benchmarks.run;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.environment.CpuTimes;
import dev.diolab.benchmarks.environment.EnvironmentProbe;
import dev.diolab.benchmarks.environment.GitState;
import dev.diolab.benchmarks.load.ArrivalRate;
import dev.diolab.benchmarks.plan.CellPlan;
import dev.diolab.benchmarks.plan.OfferedLoad;
import dev.diolab.benchmarks.plan.Pace;
import dev.diolab.benchmarks.plan.Plan;
import dev.diolab.benchmarks.plan.Turn;
import dev.diolab.benchmarks.plan.Workload;
import dev.diolab.benchmarks.progress.Progress;
import dev.diolab.benchmarks.record.RoundFiles;
import dev.diolab.benchmarks.record.RoundResult;
import dev.diolab.benchmarks.workload.FioJob;
import dev.diolab.benchmarks.workload.ForkSettings;
import dev.diolab.benchmarks.workload.OpenLoopSettings;
import dev.diolab.engine.device.DiskModel;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.Git;
import dev.diolab.results.run.RunFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;

/**
 * Measures all turns of a plan, one fork after the other, and leaves the raw results in the run
 * directory: {@code run.json}, {@code jmh.json}, {@code jmh.log} and {@code hdr/}.
 *
 * <p>Thread safety: none.
 */
public final class BenchRun {
  private final RunRequest request;
  private final Pace pace;
  private final Plan plan;
  private final Path directory;
  private final Instant started = Instant.now();
  private final Map<String, CellRounds> rounds = new LinkedHashMap<>();
  private final List<RunResult> jmhResults = new ArrayList<>();

  /** Size of the all-written test file that the image holds, 0 for none. */
  private long fileOnImage;

  private BenchRun(RunRequest request, Plan plan, Path directory) {
    this.request = request;
    this.pace = new Pace(request.device().model(), request.diskBytes());
    this.plan = plan;
    this.directory = directory;
    for (CellPlan cell : plan.cells()) {
      for (String part : cell.parts()) {
        CellPlan shown = cell.part(part);
        rounds.put(
            shown.id(), new CellRounds(shown, request.device(), request.verification().verdicts()));
      }
    }
  }

  /**
   * Measures everything.
   *
   * @param plan the request's plan, fitted to the image
   * @param imageBytes size of the image or the emulated disk, 0 without one
   * @param directory takes the results
   * @param progress is told of every fork
   * @return what was written to {@code run.json}
   * @throws Failure when a fork failed or the results cannot be written
   */
  public static RunFile measure(
      RunRequest request, Plan plan, long imageBytes, Path directory, Progress progress) {
    try {
      return new BenchRun(request, plan, directory).measure(imageBytes, progress);
    } catch (IOException e) {
      throw Failure.run(
          "the results cannot be written to " + directory + ": " + Failure.messageOf(e), e);
    }
  }

  private RunFile measure(long imageBytes, Progress progress) throws IOException {
    Map<String, Object> environment = environment();
    Git git = GitState.of(request.home());
    Files.createDirectories(directory.resolve("hdr"));
    writeFioJobs(Files.createDirectories(directory.resolve("fio")));
    Path forks = Files.createDirectories(directory.resolve("forks"));
    CpuTimes before = CpuTimes.now();
    try (PrintStream log =
        new PrintStream(
            Files.newOutputStream(directory.resolve("jmh.log")), true, StandardCharsets.UTF_8)) {
      takeTurns(new ForkRunner(log), forks, progress);
    }
    CpuTimes measured = CpuTimes.now().since(before);
    environment.put("stealPercent", measured.stealPercent());
    environment.put("idlePercent", measured.idlePercent());
    writeJmhResults();
    List<Cell> cells = new ArrayList<>();
    List<Cell> twins = new ArrayList<>();
    for (CellRounds cell : rounds.values()) {
      cell.writeHistograms(directory, started);
      (cell.plan().twin() ? twins : cells).addAll(cell.cells());
    }
    RunFile run =
        new RunFile(
            RunFile.SCHEMA,
            started,
            Duration.between(started, Instant.now()).toMillis() / 1000.0,
            environment,
            git,
            request.profile(),
            request.seed(),
            parameters(imageBytes),
            request.verification().source(),
            cells,
            twins.isEmpty() ? null : twins);
    run.write(directory.resolve("run.json"));
    removeForks(forks);
    return run;
  }

  private Map<String, Object> environment() {
    DiskModel model = request.device().model();
    return model != null && request.diskBytes() > 0
        ? EnvironmentProbe.captureEmulated(model)
        : EnvironmentProbe.capture(request.image() == null ? null : request.image().path());
  }

  private void takeTurns(ForkRunner runner, Path forks, Progress progress) throws IOException {
    double done = 0;
    int number = 0;
    for (Turn turn : plan.turns()) {
      number++;
      progress.step(
          String.format(
              "[%d/%d] %s, round %d/%d",
              number, plan.turns().size(), turn.cell().title(), turn.round(), turn.cell().rounds()),
          done);
      take(turn, runner, forks);
      done += pace.expectedSeconds(turn.cell());
    }
  }

  private void take(Turn turn, ForkRunner runner, Path forks) throws IOException {
    CellPlan cell = turn.cell();
    Path base = forks.resolve(cell.id() + "_r" + turn.round());
    Path settings = forks.resolve(base.getFileName() + "_settings.json");
    settings(turn, base).store(settings);
    if (cell.workload().onFile()) {
      fileOnImage = 0;
    }
    Collection<RunResult> results = runner.run(cell, settings);
    for (String part : cell.parts()) {
      if (!RoundFiles.exist(RoundFiles.ofPart(base, part))) {
        throw Failure.run(
            cell.title() + " failed: its JVM ended without a result (jmh.log has the details)",
            null);
      }
    }
    if (cell.workload() == Workload.PAGE_OVERWRITE && request.diskBytes() == 0) {
      fileOnImage = cell.fileBytes();
    }
    jmhResults.addAll(results);
    for (String part : cell.parts()) {
      cellRounds(cell.part(part)).add(RoundFiles.read(RoundFiles.ofPart(base, part)));
    }
  }

  private CellRounds cellRounds(CellPlan cell) {
    CellRounds found = rounds.get(cell.id());
    if (found == null) {
      throw new AssertionError("no such cell in the plan: " + cell.id());
    }
    return found;
  }

  /** Cells that are compared share the seed of their round: the same pages in the same order. */
  private ForkSettings settings(Turn turn, Path base) {
    CellPlan cell = turn.cell();
    long seed = Seeds.derive(request.seed(), turn.round());
    boolean onFile = cell.workload().onFile();
    return new ForkSettings(
        onFile ? image() : null,
        request.device(),
        onFile ? request.diskBytes() : 0,
        request.blockBytes(),
        seed,
        Seeds.derive(seed, cell.id()) ^ started.toEpochMilli(),
        cell.fileBytes(),
        cell.workload() == Workload.PAGE_OVERWRITE && fileOnImage == cell.fileBytes(),
        request.verifyBytes(),
        base.toString(),
        openLoop(cell));
  }

  /** How operations arrive; a share of a capacity is known once that was measured in all rounds. */
  private @Nullable OpenLoopSettings openLoop(CellPlan cell) {
    OfferedLoad load = cell.load();
    if (load == null) {
      return null;
    }
    CellPlan capacity = cell.closedLoop().part(cell.workload().arrivingPart());
    ArrivalRate rate = load.rate(() -> cellRounds(capacity).opsPerSecond());
    return new OpenLoopSettings(
        rate, cell.warmupSeconds(), OfferedLoad.seconds(cell.seconds(), rate.opsPerSecond()));
  }

  private @Nullable String image() {
    return request.image() == null ? null : request.image().path().toString();
  }

  private void writeFioJobs(Path jobs) throws IOException {
    Set<String> without = new LinkedHashSet<>();
    for (CellPlan cell : plan.cells()) {
      if (cell.twin()) {
        continue; // its job would be that of its cell
      }
      Optional<String> job = FioJob.of(cell, request.seed());
      if (job.isPresent()) {
        Files.writeString(jobs.resolve(FioJob.name(cell)), job.get());
      }
      String loop = cell.load() == null ? "" : " in an open loop";
      FioJob.refusal(cell)
          .ifPresent(reason -> without.add(cell.workload().label() + loop + ": " + reason));
    }
    if (!without.isEmpty()) {
      Files.write(jobs.resolve("without-job.txt"), without);
    }
  }

  private void writeJmhResults() throws IOException {
    try (PrintStream out =
        new PrintStream(
            Files.newOutputStream(directory.resolve("jmh.json")), false, StandardCharsets.UTF_8)) {
      ResultFormatFactory.getInstance(ResultFormatType.JSON, out).writeOut(jmhResults);
    }
  }

  private Map<String, Object> parameters(long imageBytes) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("imageBytes", imageBytes);
    if (plan.needsImage()) {
      parameters.put("imageDevice", request.device().label());
    }
    parameters.put("blockBytes", request.blockBytes());
    parameters.put("verifyBytes", request.verifyBytes());
    for (CellPlan cell : plan.cells()) {
      String prefix = cell.workload().label() + ".";
      if (cell.seconds() > 0) {
        parameters.put(prefix + "secondsPerRound", cell.seconds());
      }
      if (cell.warmupSeconds() > 0) {
        parameters.put(prefix + "warmupSeconds", cell.warmupSeconds());
      }
      if (cell.fileBytes() > 0) {
        parameters.put(prefix + "fileBytes", cell.fileBytes());
      }
      parameters.put(prefix + "rounds", cell.rounds());
      OfferedLoad load = cell.load();
      if (load != null) {
        parameters.put(prefix + "arrivals", load.arrivals().label());
      }
      new TreeMap<>(cell.workload().conditions())
          .forEach((name, text) -> parameters.put(prefix + name, text));
    }
    for (CellRounds cell : rounds.values()) {
      findings(cell, parameters);
    }
    return parameters;
  }

  /** What the cells of run.json have no place for. */
  private static void findings(CellRounds cell, Map<String, Object> parameters) {
    String prefix = cell.plan().workload().label() + "." + cell.plan().variant() + ".";
    long clamped = 0;
    for (RoundResult result : cell.results()) {
      clamped += result.clamped();
      if (result.metadataHeapBytes() != null) {
        parameters.merge(
            prefix + "heapBytes",
            result.metadataHeapBytes(),
            (one, other) -> Math.max((Long) one, (Long) other));
      }
    }
    if (clamped > 0) {
      parameters.put(cell.plan().id() + ".latenciesOverOneMinute", clamped);
    }
  }

  private static void removeForks(Path forks) throws IOException {
    try (var files = Files.list(forks)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(forks);
  }
}
