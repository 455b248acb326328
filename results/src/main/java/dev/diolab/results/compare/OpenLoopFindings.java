package dev.diolab.results.compare;

import dev.diolab.results.run.OpenLoop;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a comparison under one offered load shows at its largest number of threads, as sentences.
 * Whoever keeps up has the same throughput, so what is told is the response time, and who did not
 * keep up. Of those that did, the ones with the lowest 99th percentile are named, and called a tie
 * where they are not told apart.
 */
public final class OpenLoopFindings {
  private final Comparison comparison;
  private final List<Under> members;

  /** A member and its figures of the open loop. */
  private record Under(Measured measured, OpenLoop openLoop) {
    double achievedShare() {
      return measured.cell().throughput().opsPerSecond() / openLoop.arrivedOpsPerSecond();
    }
  }

  private OpenLoopFindings(Comparison comparison) {
    this.comparison = comparison;
    this.members =
        comparison.at(comparison.mostThreads()).stream()
            .flatMap(OpenLoopFindings::under)
            .sorted(Comparator.comparingDouble(under -> under.openLoop().response().p99Us()))
            .toList();
  }

  private static Stream<Under> under(Measured measured) {
    OpenLoop openLoop = measured.cell().openLoop();
    return openLoop == null ? Stream.empty() : Stream.of(new Under(measured, openLoop));
  }

  /** The sentences; at least one where {@link Comparison#isOpenLoop}. */
  public static List<String> of(Comparison comparison) {
    OpenLoopFindings findings = new OpenLoopFindings(comparison);
    List<String> sentences = new ArrayList<>();
    sentences.add(findings.response());
    findings.lowest().ifPresent(sentences::add);
    findings.members.stream()
        .filter(under -> under.achievedShare() < Knee.LEAST_ACHIEVED)
        .map(findings::behind)
        .forEach(sentences::add);
    return sentences;
  }

  private String response() {
    return "At %d %s, p99 of the response time (of the service time): %s."
        .formatted(
            comparison.mostThreads(),
            comparison.mostThreads() == 1 ? "thread" : "threads",
            members.stream().map(this::p99).collect(Collectors.joining(", ")));
  }

  private String p99(Under under) {
    return "%s %s µs (%s µs)"
        .formatted(
            comparison.label(under.measured()),
            Numbers.micros(under.openLoop().response().p99Us()),
            Numbers.micros(under.measured().cell().latency().p99Us()));
  }

  /** Who has the lowest, among those that kept up; nothing where rounds do not tell. */
  private Optional<String> lowest() {
    Standing standing =
        Standing.byP99(
            members.stream()
                .filter(under -> under.achievedShare() >= Knee.LEAST_ACHIEVED)
                .map(Under::measured)
                .toList());
    if (standing.ranked().size() < 2
        || !standing.hasSpread()
        || standing.ranked().stream().anyMatch(measured -> measured.cell().isThinBeyond(99))) {
      return Optional.empty();
    }
    List<String> leaders = standing.leaders().stream().map(comparison::label).toList();
    return Optional.of(
        leaders.size() == 1
            ? "Of those that keep up %s has the lowest p99 of the response time."
                .formatted(leaders.getFirst())
            : "Of those that keep up %s tie for the lowest p99 of the response time, not told apart."
                .formatted(Labels.listed(leaders)));
  }

  private String behind(Under under) {
    return "%s does not keep up: it achieved %s of the offered load, and %s of %s operations were never sent."
        .formatted(
            comparison.label(under.measured()),
            Numbers.percent(under.achievedShare()),
            Numbers.count(under.openLoop().unsent()),
            Numbers.count(under.openLoop().due()));
  }
}
