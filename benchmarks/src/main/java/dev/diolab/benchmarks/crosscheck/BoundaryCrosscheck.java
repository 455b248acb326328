package dev.diolab.benchmarks.crosscheck;

import dev.diolab.benchmarks.plan.Contender;
import dev.diolab.benchmarks.workload.StreamPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.apache.commons.statistics.descriptive.Median;

/**
 * Each strategy with the boundary rule of Mason's patch 8 and without it, in turn, on the same
 * stream of 512 KiB requests.
 *
 * <p>The two sides of a pair run one after the other, the one that begins changes from round to
 * round, and what is compared are ratios within a round.
 *
 * <p>Thread safety: none.
 */
public final class BoundaryCrosscheck {
  /** What the variant of a strategy is called that splits at every boundary of an extent. */
  private static final String SPLIT = "-split";

  /** The one strategy that claims its range in pieces. */
  private static final String CLAIMS_PIECES = "placeholder";

  private final StreamPath path;
  private final List<Contender> contenders;
  private final int rounds;
  private final int passes;
  private final Consumer<String> progress;

  /**
   * A comparison.
   *
   * @param contenders strategies that have a variant that splits
   * @param passes how often the stream runs over its file in a measurement
   * @param progress told what runs now, once for each measurement
   */
  public BoundaryCrosscheck(
      StreamPath path,
      List<Contender> contenders,
      int rounds,
      int passes,
      Consumer<String> progress) {
    this.path = path;
    this.contenders = List.copyOf(contenders);
    this.rounds = rounds;
    this.passes = passes;
    this.progress = progress;
  }

  /**
   * What came out for one strategy and kind of stream, medians over the rounds.
   *
   * @param kind where the pieces of a mapping come from
   * @param strategy name of the strategy
   * @param joined with the rule: what follows on the device goes as one transfer
   * @param split without it
   * @param ratio bytes a second with the rule to those without, in the same round
   */
  public record Line(
      StreamPath.Kind kind,
      String strategy,
      StreamPath.Result joined,
      StreamPath.Result split,
      double ratio) {}

  private record Pair(StreamPath.Kind kind, Contender contender) {}

  /** How many measurements {@link #run} makes. */
  public static int measurements(List<Contender> contenders, int rounds) {
    return 2 * rounds * pairs(contenders).size();
  }

  /** Pieces by placeholders are only for the strategy that has them. */
  private static List<Pair> pairs(List<Contender> contenders) {
    List<Pair> pairs = new ArrayList<>();
    for (StreamPath.Kind kind : StreamPath.Kind.values()) {
      for (Contender contender : contenders) {
        if (kind == StreamPath.Kind.WRITE_EXTENTS || contender.strategy().equals(CLAIMS_PIECES)) {
          pairs.add(new Pair(kind, contender));
        }
      }
    }
    return pairs;
  }

  /** Runs everything. */
  public List<Line> run() throws IOException {
    List<Line> lines = new ArrayList<>();
    for (Pair pair : pairs(contenders)) {
      lines.add(compare(pair));
    }
    return lines;
  }

  private Line compare(Pair pair) throws IOException {
    String joinedName = pair.contender().strategy();
    String splitName = joinedName + SPLIT;
    List<StreamPath.Result> joined = new ArrayList<>();
    List<StreamPath.Result> split = new ArrayList<>();
    List<Double> ratios = new ArrayList<>();
    List<String> order = new ArrayList<>(List.of(joinedName, splitName));
    for (int round = 1; round <= rounds; round++) {
      for (String strategy : order) {
        progress.accept(
            "%s, %s, round %d/%d".formatted(pair.kind().label(), strategy, round, rounds));
        (strategy.equals(joinedName) ? joined : split)
            .add(path.measure(pair.kind(), strategy, pair.contender().policy(), passes));
      }
      ratios.add(joined.getLast().bytesPerSecond() / split.getLast().bytesPerSecond());
      Collections.reverse(order);
    }
    return new Line(pair.kind(), joinedName, median(joined), median(split), medianOf(ratios));
  }

  private static StreamPath.Result median(List<StreamPath.Result> results) {
    return new StreamPath.Result(
        medianOf(results.stream().map(StreamPath.Result::bytesPerSecond).toList()),
        medianOf(results.stream().map(StreamPath.Result::transfersPerRequest).toList()));
  }

  private static double medianOf(List<Double> values) {
    return Median.withDefaults()
        .evaluate(values.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
