package dev.diolab.benchmarks.verify.sweep;

import dev.diolab.benchmarks.Failure;
import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.progress.Progress;
import dev.diolab.benchmarks.verify.corruption.CorruptionAttack;
import dev.diolab.benchmarks.verify.corruption.CorruptionSummary;
import dev.diolab.benchmarks.verify.crash.Found;
import dev.diolab.benchmarks.verify.crash.Tally;
import dev.diolab.benchmarks.verify.history.Claim;
import dev.diolab.benchmarks.verify.replay.CaseFile;
import dev.diolab.benchmarks.verify.replay.SavedCase;
import dev.diolab.benchmarks.verify.replay.Shrinker;
import dev.diolab.results.verify.Corruption;
import dev.diolab.results.verify.GuaranteeVerdict;
import dev.diolab.results.verify.Verification;
import dev.diolab.results.verify.VerifiedCell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A whole verification: crash states of every target, damaged metadata, and failing cases shrunk
 * and saved.
 */
public final class VerifyRun {
  /** What a machine like the author's does on two cores, for the first guess of the time left. */
  private static final double STATES_A_SECOND = 3000;

  private static final double CORRUPTIONS_A_SECOND = 1000;
  private static final Duration PATIENCE_OF_SHRINKING = Duration.ofSeconds(10);
  private static final Duration PATIENCE_OF_UNIT = Duration.ofMinutes(10);
  private static final int PROGRESS_MILLIS = 500;
  private static final double MILLION = 1e6;

  private final VerifyRequest request;
  private final Path directory;
  private final int workers;

  /** Failing cases by path; written at the end, so that an interruption leaves no half of a run. */
  private final Map<String, SavedCase> cases = new TreeMap<>();

  /**
   * A run that keeps failing cases below {@code directory}, which exists.
   *
   * @param workers threads that judge states
   */
  public VerifyRun(VerifyRequest request, Path directory, int workers) {
    this.request = request;
    this.directory = directory;
    this.workers = workers;
  }

  /** Does all the work; takes as long as the number of states asks for. */
  public Verification run() throws IOException {
    Instant started = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    long start = System.nanoTime();
    int corruptions = corruptionsOfShard();
    double expected =
        request.states() / STATES_A_SECOND / request.shard().count()
            + corruptions / CORRUPTIONS_A_SECOND;
    List<VerifiedCell> cells;
    Corruption corruption;
    double sweepSeconds;
    try (Progress progress = Progress.begin(expected)) {
      Map<Target, Tally> tallies = sweep(progress);
      sweepSeconds = Math.round((System.nanoTime() - start) / MILLION) / 1e3;
      corruption = corrupt(corruptions, expected, progress);
      cells = new ArrayList<>();
      for (Target target : request.targets()) {
        Tally tally = tallies.getOrDefault(target, new Tally());
        cells.add(cell(target, tally, progress, expected));
      }
    }
    writeCases();
    return new Verification(
        Verification.SCHEMA,
        request.code(),
        request.profile(),
        request.seed(),
        List.of(request.shard().toString()),
        started.toString(),
        sweepSeconds,
        cells.stream().mapToLong(VerifiedCell::states).sum(),
        cells,
        corruption);
  }

  private int corruptionsOfShard() {
    int shards = request.shard().count();
    int rest = request.corruptions() % shards;
    return request.corruptions() / shards + (request.shard().number() <= rest ? 1 : 0);
  }

  private Map<Target, Tally> sweep(Progress progress) {
    Sweep sweep =
        new Sweep(
            request.targets(),
            request.seed(),
            request.shard(),
            request.states(),
            (target, tally) -> false);
    progress.step(String.format("crash states: %,d", sweep.expectedStates()), 0);
    CompletableFuture<Map<Target, Tally>> result =
        CompletableFuture.supplyAsync(() -> sweep.run(workers), Thread::startVirtualThread);
    while (true) {
      try {
        return result.get(PROGRESS_MILLIS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        long states = sweep.states();
        progress.advance(
            String.format("crash states: %,d of %,d", states, sweep.expectedStates()),
            states / STATES_A_SECOND);
        Target stuck = sweep.stuckAt(PATIENCE_OF_UNIT).orElse(null);
        if (stuck != null) {
          throw stuckAt(stuck, e);
        }
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Failure failure) {
          throw failure;
        }
        throw new IllegalStateException("the sweep failed", e.getCause());
      } catch (InterruptedException e) {
        sweep.stop();
        Thread.currentThread().interrupt();
        throw Failure.run("interrupted", e);
      }
    }
  }

  /** What runs is watched; only what judges can get stuck for so long: recovery, or fsck. */
  private static Failure stuckAt(Target target, TimeoutException cause) {
    return Failure.run(
        "the recovery or fsck of a crash state of "
            + target
            + " has not ended for "
            + PATIENCE_OF_UNIT.toMinutes()
            + " minutes: an endless loop or a deadlock; jstack shows where",
        cause);
  }

  private @Nullable Corruption corrupt(int count, double expected, Progress progress)
      throws IOException {
    if (count == 0) {
      return null;
    }
    double before = expected - count / CORRUPTIONS_A_SECOND;
    progress.step(String.format("damaged images: %,d", count), before);
    long seed = Seeds.derive(request.seed(), request.shard().number());
    CorruptionSummary summary =
        CorruptionAttack.run(
            seed,
            count,
            done ->
                progress.advance(
                    String.format("damaged images: %,d of %,d", done, count),
                    before + done / CORRUPTIONS_A_SECOND));
    return new Corruption(
        summary.tried(),
        summary.named(),
        summary.refused(),
        summary.legitimate(),
        summary.failures(),
        summary.listed().isEmpty() ? null : summary.listed().get(0));
  }

  private VerifiedCell cell(Target target, Tally tally, Progress progress, double expected) {
    List<GuaranteeVerdict> verdicts = new ArrayList<>();
    for (Claim claim : Claim.values()) {
      boolean declared = !target.strategy().isCeiling() && target.declares(claim);
      Found found = tally.first(claim);
      String caseFile = null;
      if (found != null && declared) {
        progress.step("shrinking a case of " + claim.label() + ", " + target, expected);
        found = Shrinker.shrink(target.strategy(), target.policy(), found, PATIENCE_OF_SHRINKING);
        caseFile = keep(target, found);
      }
      verdicts.add(
          new GuaranteeVerdict(
              claim.label(),
              declared,
              tally.attacks(claim),
              tally.broken(claim),
              found == null ? null : found.violation().message(),
              caseFile));
    }
    return new VerifiedCell(
        target.strategy().name(),
        target.policy().name(),
        target.strategy().isCeiling(),
        tally.runs(),
        tally.states(),
        verdicts);
  }

  /** Keeps {@code found}; its path relative to the directory of the run. */
  private String keep(Target target, Found found) {
    String strategy = target.strategy().name();
    String policy = target.policy().name();
    String path =
        "cases/" + strategy + "-" + policy + "-" + found.violation().claim().label() + ".json";
    cases.put(path, CaseFile.of(strategy, policy, found));
    return path;
  }

  private void writeCases() throws IOException {
    for (Map.Entry<String, SavedCase> each : cases.entrySet()) {
      Path file = directory.resolve(each.getKey());
      Files.createDirectories(directory.resolve("cases"));
      CaseFile.write(file, each.getValue());
    }
  }
}
