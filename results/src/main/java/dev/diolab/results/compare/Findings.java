package dev.diolab.results.compare;

import dev.diolab.results.run.Phase;
import dev.diolab.results.run.Phases;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a comparison shows at its largest number of threads, as sentences that follow from the
 * numbers by fixed rules. Members that are not told apart are called a tie; the ceiling is named,
 * never ranked.
 */
public final class Findings {
  private static final double NOTICEABLE_SHARE = 0.01;

  private final Comparison comparison;
  private final List<Measured> members;
  private final Standing byThroughput;
  private final List<String> sentences = new ArrayList<>();

  private Findings(Comparison comparison) {
    this.comparison = comparison;
    this.members = comparison.at(comparison.mostThreads());
    this.byThroughput = Standing.byThroughput(members);
  }

  /** The sentences, the most important one first; at least one. */
  public static List<String> of(Comparison comparison) {
    Findings findings = new Findings(comparison);
    if (findings.byThroughput.ranked().isEmpty()) {
      return List.of(
          comparison.subject().workload().equals(LookupCurve.WORKLOAD)
              ? "A look-up is the same under every strategy, so there is nothing to rank."
              : "Only the ceiling was measured, so there is nothing to rank.");
    }
    findings.throughput();
    if (findings.byThroughput.ranked().size() > 1) {
      findings.tailLatency();
    }
    findings.lockWait();
    findings.scaling();
    findings.ceiling();
    return List.copyOf(findings.sentences);
  }

  private void throughput() {
    Measured best = byThroughput.ranked().getFirst();
    String at = "At " + threads(comparison.mostThreads()) + " ";
    if (byThroughput.ranked().size() == 1) {
      sentences.add(at + rate(best) + " is the only ranked strategy measured.");
      return;
    }
    if (!byThroughput.hasSpread()) {
      sentences.add(
          at
              + rate(best)
              + " did most, but one round shows no spread: the order of strategies is no finding.");
      return;
    }
    List<Measured> leaders = byThroughput.leaders();
    String versus =
        trailingBaseline(byThroughput)
            .map(
                baseline ->
                    "; %s times %s"
                        .formatted(
                            Numbers.ratio(byThroughput.contrast(best, baseline)), rate(baseline)))
            .orElse("");
    sentences.add(
        (leaders.size() == 1
                ? at + rate(best) + " is fastest" + versus + "."
                : at + listed(leaders, this::rate) + " tie, not told apart" + versus + ".")
            + drifting(leaders));
  }

  /** Which of the leaders had not settled, so that their figures are those of a moment. */
  private String drifting(List<Measured> leaders) {
    String drifting =
        leaders.stream()
            .flatMap(
                leader ->
                    Drift.of(leader).stream()
                        .map(drift -> "%s (%s)".formatted(label(leader), drift.title())))
            .collect(Collectors.joining("; "));
    return drifting.isEmpty() ? "" : " Still drifting while measured: %s.".formatted(drifting);
  }

  private void tailLatency() {
    Standing byP99 = Standing.byP99(members);
    if (!byP99.hasSpread() || byP99.ranked().stream().anyMatch(Findings::isThinAtP99)) {
      return;
    }
    Measured best = byP99.ranked().getFirst();
    List<Measured> leaders = byP99.leaders();
    String versus =
        trailingBaseline(byP99)
            .map(
                baseline ->
                    "; %s has %s times that"
                        .formatted(p99(baseline), Numbers.ratio(byP99.contrast(baseline, best))))
            .orElse("");
    sentences.add(
        (leaders.size() == 1
                ? "Lowest p99: " + p99(best) + versus + "."
                : "Lowest p99, a tie: " + listed(leaders, this::p99) + versus + ".")
            + drifting(leaders));
  }

  /** The baseline of the leader, where it is not among the leaders. */
  private static Optional<Measured> trailingBaseline(Standing standing) {
    List<Measured> leaders = standing.leaders();
    return standing.baselineOf(leaders.getFirst()).filter(baseline -> !leaders.contains(baseline));
  }

  private void lockWait() {
    Comparator<Measured> byShare = Comparator.comparingDouble(Findings::lockWaitShare);
    Measured most = byThroughput.ranked().stream().max(byShare).orElseThrow();
    Measured best = byThroughput.ranked().getFirst();
    if (lockWaitShare(most) < NOTICEABLE_SHARE) {
      sentences.add("No ranked strategy waits for locks for more than 1 % of an operation's time.");
      return;
    }
    String text =
        "Waiting for locks takes %s of an operation's mean time under %s"
            .formatted(Numbers.percent(lockWaitShare(most)), label(most));
    if (!most.equals(best)) {
      text += ", %s under %s".formatted(Numbers.percent(lockWaitShare(best)), label(best));
    }
    sentences.add(text + ".");
  }

  private void scaling() {
    List<Integer> threadCounts = comparison.threadCounts();
    if (threadCounts.size() < 2) {
      return;
    }
    Measured best = byThroughput.ranked().getFirst();
    List<Measured> shown = new ArrayList<>(List.of(best));
    byThroughput.baselineOf(best).filter(baseline -> !baseline.equals(best)).ifPresent(shown::add);
    String growth =
        shown.stream()
            .map(one -> growthFrom(threadCounts.getFirst(), one))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(", "));
    if (!growth.isEmpty()) {
      sentences.add(
          "From %s to %d throughput becomes %s."
              .formatted(threads(threadCounts.getFirst()), comparison.mostThreads(), growth));
    }
  }

  private Optional<String> growthFrom(int fewest, Measured at) {
    return comparison.seriesOf(label(at)).stream()
        .filter(one -> one.threads() == fewest)
        .findFirst()
        .map(
            start ->
                "%s-fold under %s".formatted(ratio(at, start, Standing::opsPerSecond), label(at)));
  }

  private void ceiling() {
    Measured best = byThroughput.ranked().getFirst();
    for (Measured ceiling : members) {
      if (!ceiling.isRanked()) {
        String share =
            byThroughput.isTie(best, ceiling) && byThroughput.hasSpread()
                ? "%s is not told apart from it".formatted(label(best))
                : "%s comes to %s of it"
                    .formatted(
                        label(best),
                        Numbers.percent(
                            Standing.opsPerSecond(best) / Standing.opsPerSecond(ceiling)));
        sentences.add(
            "The ceiling %s, unsafe by design, reaches %s ops/s; %s."
                .formatted(label(ceiling), Numbers.count(Standing.opsPerSecond(ceiling)), share));
      }
    }
  }

  private static double lockWaitShare(Measured measured) {
    Phases phases = measured.cell().phases();
    double total = phases.total().meanUs();
    return total == 0 ? 0 : phases.get(Phase.LOCK_WAIT).meanUs() / total;
  }

  private static boolean isThinAtP99(Measured measured) {
    return measured.cell().isThinBeyond(99);
  }

  private static String listed(List<Measured> several, Function<Measured, String> name) {
    return Labels.listed(several.stream().map(name).toList());
  }

  private String rate(Measured measured) {
    return "%s (%s ops/s)"
        .formatted(label(measured), Numbers.count(Standing.opsPerSecond(measured)));
  }

  private String p99(Measured measured) {
    return "%s (%s µs)".formatted(label(measured), Numbers.micros(Standing.p99Us(measured)));
  }

  private static String ratio(Measured one, Measured other, ToDoubleFunction<Measured> measure) {
    return Numbers.ratio(measure.applyAsDouble(one) / measure.applyAsDouble(other));
  }

  private String label(Measured measured) {
    return comparison.label(measured);
  }

  private static String threads(int count) {
    return count == 1 ? "1 thread" : count + " threads";
  }
}
