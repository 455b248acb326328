package dev.diolab.benchmarks.crosscheck;

import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.benchmarks.workload.OverwritePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.statistics.descriptive.Median;

/**
 * fio and the overwrite path of each strategy, in turn, on the same bytes of the same image.
 *
 * <p>In every round all contenders run one after the other, each round beginning with another one;
 * what is compared are ratios within a round, so that a drift of the disk meets both sides.
 *
 * <p>Thread safety: none.
 */
public final class Crosscheck {
  /** Name of fio among the contenders. */
  public static final String FIO = "fio";

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

  /**
   * What came out for one contender at one number of threads.
   *
   * @param threads the number of threads
   * @param name {@link #FIO} or a strategy
   * @param opsPerSecond median over the rounds
   * @param ratio median of the ratios to fio in the same round
   */
  public record Line(int threads, String name, double opsPerSecond, double ratio) {}

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

  private List<Line> compare(int threads, OverwritePath.Location location) throws IOException {
    List<Side> sides = sides(threads, location);
    Side reference = sides.getFirst();
    List<Side> order = new ArrayList<>(sides);
    for (int round = 1; round <= rounds; round++) {
      for (Side side : order) {
        progress.accept(
            String.format("%s, %d threads, round %d/%d", side.name, threads, round, rounds));
        side.opsPerSecond.add(side.turn.measure());
      }
      Collections.rotate(order, 1);
    }
    return sides.stream().map(side -> side.line(threads, reference)).toList();
  }

  /** fio first. */
  private List<Side> sides(int threads, OverwritePath.Location location) {
    List<Side> sides = new ArrayList<>();
    sides.add(
        new Side(
            FIO,
            () ->
                fio.opsPerSecond(
                    image, location.offset(), location.bytes(), threads, RAMP_SECONDS, seconds)));
    for (Contender contender : strategies) {
      sides.add(
          new Side(
              contender.strategy(),
              () ->
                  path.opsPerSecond(
                      contender.strategy(), contender.policy(), threads, RAMP_SECONDS, seconds)));
    }
    return sides;
  }

  /** One contender in one round. */
  @FunctionalInterface
  private interface Turn {
    double measure() throws IOException;
  }

  /** One contender and what it reached in each round. */
  private static final class Side {
    private final String name;
    private final Turn turn;
    private final List<Double> opsPerSecond = new ArrayList<>();

    Side(String name, Turn turn) {
      this.name = name;
      this.turn = turn;
    }

    Line line(int threads, Side reference) {
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < opsPerSecond.size(); round++) {
        ratios.add(opsPerSecond.get(round) / reference.opsPerSecond.get(round));
      }
      return new Line(threads, name, median(opsPerSecond), median(ratios));
    }
  }

  private static double median(List<Double> values) {
    return Median.withDefaults()
        .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
