package dev.diolab.benchmarks.crosscheck;

import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.benchmarks.workload.OverwritePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * fio and the overwrite path of each strategy, in turn, on the same bytes of the same image.
 *
 * <p>Thread safety: none.
 */
public final class Crosscheck {
  private static final double RAMP_SECONDS = 1;

  /** Compiles the path before anything is measured. */
  private static final double WARMUP_SECONDS = 3;

  private final Fio fio;
  private final OverwritePath path;
  private final Path image;
  private final List<Contender> strategies;
  private final int rounds;
  private final double seconds;
  private final Consumer<String> progress;

  /**
   * A comparison on {@code image}.
   *
   * @param seconds measured time of each contender in each round
   * @param progress told what runs now
   */
  public Crosscheck(
      Fio fio,
      OverwritePath path,
      Path image,
      List<Contender> strategies,
      int rounds,
      double seconds,
      Consumer<String> progress) {
    this.fio = fio;
    this.path = path;
    this.image = image;
    this.strategies = List.copyOf(strategies);
    this.rounds = rounds;
    this.seconds = seconds;
    this.progress = progress;
  }

  /** Runs everything. */
  public List<Line> run(List<Integer> threadCounts) throws IOException {
    Contender first = strategies.getFirst();
    OverwritePath.Location location = path.makeFile(first.strategy(), first.policy());
    progress.accept("warming up");
    for (Contender contender : strategies) {
      path.opsPerSecond(
          contender.strategy(),
          contender.policy(),
          Collections.max(threadCounts),
          0,
          WARMUP_SECONDS);
    }
    List<Line> lines = new ArrayList<>();
    for (int threads : threadCounts) {
      lines.addAll(compare(threads, location));
    }
    return lines;
  }

  /** fio first. */
  private List<Line> compare(int threads, OverwritePath.Location location) throws IOException {
    InTurn inTurn = new InTurn();
    inTurn.add(
        Fio.NAME,
        () ->
            fio.opsPerSecond(
                image,
                location.offset(),
                location.bytes(),
                Fio.psync(threads),
                RAMP_SECONDS,
                seconds));
    for (Contender contender : strategies) {
      inTurn.add(
          contender.strategy(),
          () ->
              path.opsPerSecond(
                  contender.strategy(), contender.policy(), threads, RAMP_SECONDS, seconds));
    }
    return inTurn.run(threads, "threads", rounds, progress);
  }
}
