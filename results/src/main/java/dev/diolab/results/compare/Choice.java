package dev.diolab.results.compare;

import dev.diolab.results.run.Phase;
import dev.diolab.results.stats.Contrast;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which strategy the rankings of a workload speak for, and why, as sentences that follow from the
 * numbers by fixed rules. A strategy is counted with the fastest of its policies.
 */
public final class Choice {
  /** Two that tie may yet differ so many times before more rounds are asked for. */
  private static final double WIDE = 2;

  private final List<Ranking> rankings;
  private final List<Ranking> byThroughput;
  private final List<Ranking> byP99;

  private Choice(List<Ranking> rankings) {
    this.rankings = rankings;
    byThroughput = rankings.stream().filter(Ranking::isDecidedByThroughput).toList();
    byP99 = rankings.stream().filter(Ranking::isDecidedByP99).toList();
  }

  /** The choice of one workload; a comparison of members that all tie counts for all of them. */
  public static Choice of(List<Ranking> rankings) {
    return new Choice(List.copyOf(rankings));
  }

  /** Whom to choose, or why nobody is named; empty where there is nothing to choose from. */
  public Optional<String> sentence() {
    if (strategies(rankings).size() < 2) {
      return strategies(rankings).stream()
          .findFirst()
          .map(only -> "Only %s may be chosen of what was measured.".formatted(only));
    }
    if (byThroughput.isEmpty() && byP99.isEmpty()) {
      return Optional.of("One round shows no spread, so nothing can be chosen by this run.");
    }
    return Optional.of(throughput() + tail() + drifting() + wideTies() + undecided() + broken());
  }

  private String throughput() {
    if (byThroughput.isEmpty()) {
      return "The load was given, so only the p99 of the response time can decide.";
    }
    List<String> fastest = leadersOfAll(byThroughput, Ranking::byThroughput);
    if (fastest.isEmpty()) {
      return "No strategy is fastest everywhere. Fastest, or not told apart from the fastest: %s."
          .formatted(counted(byThroughput, Ranking::byThroughput));
    }
    String where = variants(byThroughput.size());
    return fastest.size() == strategies(byThroughput).size()
        ? "Throughput does not decide: in %s the rounds tell no strategy apart from the fastest."
            .formatted(where)
        : "Choose %s: fastest, or not told apart from the fastest, in %s."
            .formatted(
                fastest.stream().map(this::named).collect(Collectors.joining(" or ")), where);
  }

  /** A strategy, and whether its promises are unchecked with one of its policies. */
  private String named(String strategy) {
    boolean isUnchecked =
        rankings.stream()
            .flatMap(ranking -> ranking.contenders().stream())
            .filter(measured -> measured.cell().key().strategy().equals(strategy))
            .anyMatch(measured -> measured.cell().promise().isUnchecked());
    return isUnchecked ? strategy + " (unchecked)" : strategy;
  }

  private String tail() {
    if (byP99.isEmpty()) {
      return "";
    }
    List<String> candidates = leadersOfAll(byThroughput, Ranking::byThroughput);
    List<String> lowest = leadersOfAll(byP99, Ranking::byP99);
    List<String> both = lowest.stream().filter(candidates::contains).toList();
    if (both.isEmpty()) {
      return " Lowest p99, or not told apart from the lowest: %s."
          .formatted(counted(byP99, Ranking::byP99));
    }
    if (both.size() < candidates.size()) {
      return " Of these %s too has the lowest p99, or one not told apart from it."
          .formatted(String.join(" and ", both));
    }
    return both.size() == 1
        ? " Its p99 is the lowest too, or not told apart from the lowest."
        : " Nor does the p99 tell these apart.";
  }

  /** Who leads, but by figures of a moment. */
  private String drifting() {
    Map<String, Integer> drifting = counts(rankings, Ranking::driftingLeaders);
    return drifting.isEmpty()
        ? ""
        : " Of those that lead some still drifted while measured, so measure longer before you rely on"
            + " them: %s of %d.".formatted(counted(drifting), rankings.size());
  }

  /** A tie may also mean that the rounds know little. */
  private String wideTies() {
    boolean isWide =
        byThroughput.stream()
            .map(Ranking::byThroughput)
            .anyMatch(
                standing ->
                    standing.leaders().stream()
                        .skip(1)
                        .map(leader -> standing.contrast(leader, standing.ranked().getFirst()))
                        .flatMap(contrast -> contrast.interval().stream())
                        .anyMatch(interval -> interval.low() < 1 / WIDE));
    return isWide
        ? " Some of these ties leave room for a difference of more than two times: more rounds would"
            + " tell."
        : "";
  }

  private String undecided() {
    long undecided =
        rankings.stream()
            .filter(ranking -> !ranking.isDecidedByThroughput() && !ranking.isDecidedByP99())
            .count();
    return undecided == 0
        ? ""
        : " Of %d more no spread is known, so they decide nothing.".formatted(undecided);
  }

  private String broken() {
    Set<String> broken = new LinkedHashSet<>();
    for (Ranking ranking : rankings) {
      for (Measured measured : ranking.members()) {
        if (measured.cell().promise().isBroken()) {
          broken.add(ranking.comparison().label(measured));
        }
      }
    }
    return broken.isEmpty()
        ? ""
        : " Left out because a declared guarantee is BROKEN: " + String.join(", ", broken) + ".";
  }

  /**
   * Where the difference is largest, and which phase of an operation makes it; empty where the
   * rounds tell no two apart.
   */
  public Optional<String> reason() {
    return byThroughput.stream()
        .filter(Choice::hasLoser)
        .max(Comparator.comparingDouble(ranking -> widest(ranking).ratio()))
        .map(Choice::reason);
  }

  private static boolean hasLoser(Ranking ranking) {
    return widest(ranking).isHigher();
  }

  private static Contrast widest(Ranking ranking) {
    Standing standing = ranking.byThroughput();
    return standing.contrast(standing.ranked().getFirst(), standing.ranked().getLast());
  }

  private static String reason(Ranking ranking) {
    Comparison comparison = ranking.comparison();
    List<Measured> ranked = ranking.byThroughput().ranked();
    Measured best = ranked.getFirst();
    Measured worst = ranked.getLast();
    return "The difference is largest in %s at %s: %s does %s times the operations of %s.%s"
        .formatted(
            comparison.subject().variantOnDevice(),
            threads(comparison.mostThreads()),
            comparison.label(best),
            Numbers.ratio(widest(ranking)),
            comparison.label(worst),
            phase(best, worst, comparison.label(worst)));
  }

  /** Which phase accounts for most of the time that an operation takes longer; may be empty. */
  private static String phase(Measured best, Measured worst, String label) {
    double longer = longer(Phase.TOTAL, best, worst);
    Phase most =
        Phase.PARTS.stream()
            .max(Comparator.comparingDouble(phase -> longer(phase, best, worst)))
            .orElseThrow();
    return longer <= 0 || longer(most, best, worst) <= 0
        ? ""
        : " There an operation takes %s µs longer in the mean under %s; of the phases %s grows most, by %s µs."
            .formatted(
                Numbers.micros(longer),
                label,
                most.title(),
                Numbers.micros(longer(most, best, worst)));
  }

  private static double longer(Phase phase, Measured best, Measured worst) {
    return worst.cell().phases().get(phase).meanUs() - best.cell().phases().get(phase).meanUs();
  }

  /** The strategies that lead all rankings, or tie with who leads; as the first ranks them. */
  private static List<String> leadersOfAll(
      List<Ranking> rankings, Function<Ranking, Standing> measure) {
    return counts(rankings, measure.andThen(Standing::leaders)).entrySet().stream()
        .filter(entry -> entry.getValue() == rankings.size())
        .map(Map.Entry::getKey)
        .toList();
  }

  private static String counted(List<Ranking> rankings, Function<Ranking, Standing> measure) {
    return counted(counts(rankings, measure.andThen(Standing::leaders))) + " of " + rankings.size();
  }

  /** In how many rankings each strategy is among those chosen of it. */
  private static Map<String, Integer> counts(
      List<Ranking> rankings, Function<Ranking, List<Measured>> chosen) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Ranking ranking : rankings) {
      strategiesOf(chosen.apply(ranking))
          .forEach(strategy -> counts.merge(strategy, 1, Integer::sum));
    }
    return counts;
  }

  private static String counted(Map<String, Integer> counts) {
    List<Map.Entry<String, Integer>> mostFirst = new ArrayList<>(counts.entrySet());
    mostFirst.sort(Map.Entry.<String, Integer>comparingByValue().reversed());
    return mostFirst.stream()
        .map(entry -> "%s in %d".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static Set<String> strategies(List<Ranking> rankings) {
    return rankings.stream()
        .flatMap(ranking -> strategiesOf(ranking.contenders()).stream())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> strategiesOf(List<Measured> members) {
    return members.stream()
        .map(measured -> measured.cell().key().strategy())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static String variants(int count) {
    return count == 1 ? "the variant compared" : "all %d variants".formatted(count);
  }

  private static String threads(int count) {
    return count == 1 ? "1 thread" : count + " threads";
  }
}
