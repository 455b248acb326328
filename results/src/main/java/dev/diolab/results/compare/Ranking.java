package dev.diolab.results.compare;

import dev.diolab.results.run.Cell;
import dev.diolab.results.run.OpenLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Who may be chosen by a comparison, at its largest number of threads: the ranked members that did
 * not break what they declare and, where operations arrived at a rate, kept up with it. Who of them
 * leads is decided by {@link Standing}. Immutable.
 */
public final class Ranking {
  /**
   * Of a workload that is measured in parts, those that its users wait for; the others run beside.
   */
  private static final Map<String, List<String>> ANSWERING_PARTS =
      Map.of(
          "SCAN+PUNCH", List.of("between scans", "in scan"),
          "WAL-COMMIT", List.of("commit"),
          "BROKER-APPEND", List.of("append"),
          "SEG-ROLL", List.of("between creations", "in creation"),
          "HEAP-EXTEND", List.of("write", "extend"),
          "IBD-GROW", List.of("page write"),
          "LSM-FLUSH+WAL", List.of("commit"));

  private static final double TAIL_PERCENT = 99;

  private final Comparison comparison;
  private final List<Measured> members;
  private final List<Measured> contenders;

  private Ranking(Comparison comparison) {
    this.comparison = comparison;
    members = comparison.at(comparison.mostThreads());
    contenders = members.stream().filter(Ranking::mayBeChosen).toList();
  }

  /** The ranking of a comparison. */
  public static Ranking of(Comparison comparison) {
    return new Ranking(comparison);
  }

  /** The rankings that answer the question of a workload; all where it does not say which do. */
  public static List<Ranking> answering(List<Comparison> ofWorkload) {
    List<Comparison> answering = ofWorkload.stream().filter(Ranking::answers).toList();
    return (answering.isEmpty() ? ofWorkload : answering).stream().map(Ranking::of).toList();
  }

  /**
   * Whether a comparison is of what the users of its workload wait for, not of what runs beside.
   */
  public static boolean answers(Comparison comparison) {
    String variant = comparison.members().getFirst().cell().key().variant();
    List<String> parts = ANSWERING_PARTS.get(comparison.subject().workload());
    return parts == null || parts.stream().anyMatch(part -> variant.endsWith(", " + part));
  }

  /** Whether a member may be chosen. */
  public static boolean mayBeChosen(Measured measured) {
    return measured.isRanked() && !measured.cell().promise().isBroken() && keepsUp(measured.cell());
  }

  private static boolean keepsUp(Cell cell) {
    OpenLoop openLoop = cell.openLoop();
    return openLoop == null
        || cell.throughput().opsPerSecond() / openLoop.arrivedOpsPerSecond() >= Knee.LEAST_ACHIEVED;
  }

  /** What is ranked. */
  public Comparison comparison() {
    return comparison;
  }

  /** All members at the largest number of threads, also those that may not be chosen. */
  public List<Measured> members() {
    return members;
  }

  /** Those that may be chosen. */
  public List<Measured> contenders() {
    return contenders;
  }

  /** Most operations a second first. */
  public Standing byThroughput() {
    return Standing.byThroughput(contenders);
  }

  /** Lowest 99th percentile first, in an open loop of response time. */
  public Standing byP99() {
    return Standing.byP99(contenders);
  }

  /**
   * Those that lead in throughput or in p99, or tie with who leads, where that is decided, and had
   * not settled while they were measured; one may be there twice.
   */
  public List<Measured> driftingLeaders() {
    List<Measured> leaders = new ArrayList<>();
    if (isDecidedByThroughput()) {
      leaders.addAll(byThroughput().leaders());
    }
    if (isDecidedByP99()) {
      leaders.addAll(byP99().leaders());
    }
    return leaders.stream().filter(leader -> Drift.of(leader).isPresent()).toList();
  }

  /**
   * Whether throughput can tell contenders apart: there are several, all with a spread, and no rate
   * was given to all of them.
   */
  public boolean isDecidedByThroughput() {
    return isDecided() && !comparison.isOpenLoop();
  }

  /** Whether the tail can: there are several, all with a spread and enough slow operations. */
  public boolean isDecidedByP99() {
    return isDecided()
        && contenders.stream().noneMatch(measured -> measured.cell().isThinBeyond(TAIL_PERCENT));
  }

  private boolean isDecided() {
    return contenders.size() > 1 && byThroughput().hasSpread();
  }
}
