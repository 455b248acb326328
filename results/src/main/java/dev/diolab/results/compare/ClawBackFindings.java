package dev.diolab.results.compare;

import dev.diolab.results.compare.ClawBack.Group;
import dev.diolab.results.compare.ClawBack.Row;
import dev.diolab.results.compare.ClawBack.State;
import dev.diolab.results.compare.ClawBack.Sync;
import dev.diolab.results.run.Promise;
import dev.diolab.results.stats.Contrast;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a claw-back shows, as sentences that follow from the numbers by fixed rules: at the largest
 * number of threads of each sync, what the usual policy leaves of plain overwrites, and how much of
 * the loss the fastest one wins back, both under the strategy of the fastest pair. A pair takes
 * part when it is ranked, declares {@link #REQUIRED}, and no declared guarantee fell.
 */
public final class ClawBackFindings {
  /** What file systems do: the policy that the others are compared with. */
  public static final String USUAL_POLICY = "end-io";

  /** Without these a write into preallocated space is not durable in the way that was asked for. */
  public static final List<String> REQUIRED = List.of("G1", "G2", "G3");

  private static final String COMMITS_EACH = "sync-commit";
  private static final String COMMITS_TOGETHER = "group";
  private static final int MOST_NAMED = 3;

  private final Group group;
  private final List<String> sentences = new ArrayList<>();

  private ClawBackFindings(Group group) {
    this.group = group;
  }

  /** The sentences, those on the first sync first, its answer the first of them. */
  public static List<String> of(ClawBack clawBack) {
    return clawBack.atMostThreads().stream().flatMap(group -> of(group).stream()).toList();
  }

  /** The answer of each sync alone. */
  public static List<String> answers(ClawBack clawBack) {
    return clawBack.atMostThreads().stream().map(group -> of(group).getFirst()).toList();
  }

  /** The leader of a group and the rows that are not told apart from it; none without a spread. */
  public static List<Row> leaders(Group group) {
    List<Row> candidates = candidates(group);
    return candidates.isEmpty() || !candidates.getFirst().hasSpread()
        ? List.of()
        : candidates.stream().filter(row -> isSame(row, candidates.getFirst())).toList();
  }

  private static List<String> of(Group group) {
    ClawBackFindings findings = new ClawBackFindings(group);
    List<Row> candidates = candidates(group);
    if (candidates.isEmpty()) {
      findings.sentences.add(
          findings.at() + "no ranked pair that declares G1 to G3 and keeps them was measured.");
    } else {
      findings.answer(candidates);
      findings.ofEachStrategy(candidates);
      findings.zeroFill(candidates.getFirst().strategy());
      findings.commits(candidates.getFirst().strategy());
    }
    findings.broken();
    return findings.sentences;
  }

  /**
   * The rows that may win, the fastest first: not the highest share, which a strategy could have
   * because it holds up plain overwrites.
   */
  private static List<Row> candidates(Group group) {
    return group.of(State.UNWRITTEN).stream()
        .filter(row -> row.measured().isRanked() && !promise(row).isBroken())
        .filter(row -> promise(row).guarantees().containsAll(REQUIRED))
        .sorted(
            Comparator.comparingDouble((Row row) -> Standing.opsPerSecond(row.measured()))
                .reversed())
        .toList();
  }

  private void answer(List<Row> candidates) {
    Row best = candidates.getFirst();
    Row usual =
        candidates.stream()
            .filter(row -> row.strategy().equals(best.strategy()))
            .filter(row -> row.policy().equals(USUAL_POLICY))
            .findFirst()
            .orElseGet(() -> slowestOf(candidates, best.strategy()));
    StringBuilder text = new StringBuilder(at());
    text.append("durable writes into preallocated space reach ")
        .append(share(usual))
        .append(" of plain overwrites with ")
        .append(usual.policy())
        .append(" under ")
        .append(usual.strategy());
    if (usual.isTie()) {
      text.append(", a tie: nothing is there to win back");
    } else if (best.equals(usual)) {
      text.append("; no other policy does better");
    } else if (isSame(best, usual)) {
      text.append("; no other policy is told apart from it, the fastest being ");
      text.append(best.policy()).append(" with ").append(share(best));
    } else {
      text.append("; ").append(best.policy()).append(" wins back ").append(wonBack(usual, best));
      text.append(" and reaches ").append(share(best));
      text.append(best.isTie() ? ", a tie with plain overwrites" : "");
    }
    text.append(" (").append(promise(best).verdict()).append(").");
    if (best.hasSpread() && usual.hasSpread()) {
      notToldApart(candidates, best, usual).ifPresent(text::append);
    } else {
      text.append(" One round shows no spread, so this is no finding.");
    }
    sentences.add(text.toString());
  }

  private static Row slowestOf(List<Row> candidates, String strategy) {
    return candidates.stream()
        .filter(row -> row.strategy().equals(strategy))
        .reduce((one, other) -> other)
        .orElseThrow();
  }

  /** How much of what one share lacks of the whole the other one has more. */
  private static String wonBack(Row usual, Row best) {
    double lost = 1 - usual.share();
    double won = (best.share() - usual.share()) / lost;
    return won >= 1 ? "all that is lost" : Numbers.percent(won) + " of what is lost";
  }

  private static Optional<String> notToldApart(List<Row> candidates, Row best, Row usual) {
    List<String> names =
        candidates.stream()
            .filter(row -> !row.equals(best) && !row.equals(usual) && isSame(row, best))
            .map(ClawBackFindings::pair)
            .toList();
    if (names.isEmpty() || usual.isTie()) {
      return Optional.empty();
    }
    String more =
        names.size() > MOST_NAMED ? " and %d more".formatted(names.size() - MOST_NAMED) : "";
    return Optional.of(
        " Not told apart from %s: %s%s."
            .formatted(
                pair(best),
                names.stream().limit(MOST_NAMED).collect(Collectors.joining(", ")),
                more));
  }

  private void ofEachStrategy(List<Row> candidates) {
    List<String> strategies = candidates.stream().map(Row::strategy).distinct().toList();
    if (strategies.size() > 1) {
      String fastest =
          strategies.stream()
              .map(
                  strategy ->
                      candidates.stream()
                          .filter(row -> row.strategy().equals(strategy))
                          .findFirst()
                          .orElseThrow())
              .map(row -> "%s %s".formatted(pair(row), share(row)))
              .collect(Collectors.joining(", "));
      sentences.add(at() + "the fastest policy of each strategy, and its share: " + fastest + ".");
    }
  }

  private void zeroFill(String strategy) {
    Optional<Row> before = first(State.ZEROED, strategy);
    Optional<Row> charged = first(State.ZEROED_AND_CHARGED, strategy);
    if (before.isPresent() && charged.isPresent()) {
      sentences.add(
          at()
              + "filling with zeros beforehand reaches %s, and %s once the fill's own time counts."
                  .formatted(share(before.get()), share(charged.get())));
    }
  }

  private Optional<Row> first(State state, String strategy) {
    return group.of(state).stream().filter(row -> row.strategy().equals(strategy)).findFirst();
  }

  /** Only where each write is durable: otherwise the one commits each write, the other does not. */
  private void commits(String strategy) {
    Optional<Row> each = unwritten(strategy, COMMITS_EACH);
    Optional<Row> together = unwritten(strategy, COMMITS_TOGETHER);
    if (group.sync() == Sync.DSYNC && each.isPresent() && together.isPresent()) {
      long many = each.get().measured().cell().effects().journalCommits();
      long few = together.get().measured().cell().effects().journalCommits();
      if (few > 0) {
        sentences.add(
            at()
                + "%s commits the journal %s times, %s %s times as often (%s), under %s."
                    .formatted(
                        COMMITS_TOGETHER,
                        Numbers.count(few),
                        COMMITS_EACH,
                        Numbers.ratio((double) many / few),
                        Numbers.count(many),
                        strategy));
      }
    }
  }

  private Optional<Row> unwritten(String strategy, String policy) {
    return group.of(State.UNWRITTEN).stream()
        .filter(row -> row.strategy().equals(strategy) && row.policy().equals(policy))
        .findFirst();
  }

  private void broken() {
    String names =
        group.of(State.UNWRITTEN).stream()
            .filter(row -> promise(row).isBroken())
            .map(row -> "%s (%s)".formatted(pair(row), promise(row).verdict()))
            .collect(Collectors.joining(", "));
    if (!names.isEmpty()) {
      sentences.add(at() + "left out, because a declared guarantee fell: " + names + ".");
    }
  }

  private static boolean isSame(Row one, Row other) {
    Contrast contrast = Contrast.of(one.measured().throughput(), other.measured().throughput());
    return one.equals(other) || (contrast.hasSpread() && contrast.isTie());
  }

  /** The share, and where there is a spread, its interval. */
  private static String share(Row row) {
    return Numbers.ratio(row.throughput());
  }

  private static String pair(Row row) {
    return row.strategy() + " + " + row.policy();
  }

  private static Promise promise(Row row) {
    return row.measured().cell().promise();
  }

  private String at() {
    return "%s, %d %s: "
        .formatted(
            group.sync() == Sync.DSYNC ? "DSYNC" : "fdatasync",
            group.threads(),
            group.threads() == 1 ? "thread" : "threads");
  }
}
