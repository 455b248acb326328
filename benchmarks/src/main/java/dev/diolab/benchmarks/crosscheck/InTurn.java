package dev.diolab.benchmarks.crosscheck;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Contenders that are measured one after the other, round by round, each round beginning with
 * another one; what is compared are ratios within a round, so that a drift of the disk meets all.
 *
 * <p>Thread safety: none.
 */
final class InTurn {
  /** One contender in one round. */
  @FunctionalInterface
  interface Turn {
    /** Operations a second. */
    double measure() throws IOException;
  }

  private final List<Side> sides = new ArrayList<>();

  /** Adds a contender; the first is what the others are compared with. */
  InTurn add(String name, Turn turn) {
    sides.add(new Side(name, turn));
    return this;
  }

  /**
   * Measures all in every round.
   *
   * @param load the number of threads or requests, for the lines
   * @param unit what that is a number of, for {@code progress}
   * @param progress told what runs now
   */
  List<Line> run(int load, String unit, int rounds, Consumer<String> progress) throws IOException {
    List<Side> order = new ArrayList<>(sides);
    for (int round = 1; round <= rounds; round++) {
      for (Side side : order) {
        progress.accept(
            String.format(
                Locale.ROOT, "%s, %d %s, round %d/%d", side.name, load, unit, round, rounds));
        side.opsPerSecond.add(side.turn.measure());
      }
      Collections.rotate(order, 1);
    }
    return sides.stream().map(side -> side.line(load, sides.getFirst())).toList();
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

    Line line(int load, Side reference) {
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < opsPerSecond.size(); round++) {
        ratios.add(opsPerSecond.get(round) / reference.opsPerSecond.get(round));
      }
      return new Line(load, name, median(opsPerSecond), median(ratios));
    }
  }

  private static double median(List<Double> values) {
    return Median.withDefaults()
        .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
