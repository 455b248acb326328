package dev.diolab.results.report;

import dev.diolab.results.compare.Numbers;
import dev.diolab.results.compare.Range;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.Latency;
import dev.diolab.results.run.Offered;
import dev.diolab.results.run.OpenLoop;
import dev.diolab.results.run.Phase;
import dev.diolab.results.stats.Contrast;
import java.util.function.ToDoubleFunction;

/** The figures of a cell as text, the same in every report. Times are in microseconds. */
final class CellText {
  /** Marks a percentile that few operations lie beyond. */
  static final String THIN_MARK = "*";

  private static final String ABSENT = "–";

  private CellText() {}

  static String opsPerSecond(Cell cell) {
    return Numbers.count(cell.throughput().opsPerSecond());
  }

  /** The slowest and the fastest round, in operations a second. */
  static String rounds(Cell cell) {
    Range range = Range.of(cell.throughput().opsPerSecondByRound());
    return cell.throughput().rounds() == 1
        ? "one round"
        : Numbers.count(range.min()) + "–" + Numbers.count(range.max());
  }

  /** Half the distance of the slowest and the fastest round, relative to the throughput. */
  static String spread(Cell cell) {
    Range range = Range.of(cell.throughput().opsPerSecondByRound());
    double opsPerSecond = cell.throughput().opsPerSecond();
    return cell.throughput().rounds() == 1 || opsPerSecond == 0
        ? "?"
        : "±" + Numbers.percent((range.max() - range.min()) / 2 / opsPerSecond).replace(" ", "");
  }

  static String megabytes(Cell cell) {
    return Numbers.megabytes(cell.throughput().bytesPerSecond());
  }

  static String p50(Cell cell) {
    return Numbers.micros(cell.latency().p50Us());
  }

  static String p99(Cell cell) {
    return Numbers.micros(cell.latency().p99Us()) + thinMark(cell, 99);
  }

  static String p999(Cell cell) {
    return Numbers.micros(cell.latency().p999Us()) + thinMark(cell, 99.9);
  }

  static String max(Cell cell) {
    return Numbers.micros(cell.latency().maxUs());
  }

  /** Operations a second that arrived, in an open loop. */
  static String offered(Cell cell) {
    Offered offered = cell.key().offered();
    return offered == null ? ABSENT : Numbers.count(offered.opsPerSecond());
  }

  /** Operations that were due and never sent, in an open loop. */
  static String unsent(Cell cell) {
    OpenLoop openLoop = cell.openLoop();
    return openLoop == null ? ABSENT : Numbers.count(openLoop.unsent());
  }

  static String responseP50(Cell cell) {
    return response(cell, Latency::p50Us);
  }

  static String responseP99(Cell cell) {
    return response(cell, Latency::p99Us) + (cell.openLoop() == null ? "" : thinMark(cell, 99));
  }

  static String responseP999(Cell cell) {
    return response(cell, Latency::p999Us) + (cell.openLoop() == null ? "" : thinMark(cell, 99.9));
  }

  static String responseMax(Cell cell) {
    return response(cell, Latency::maxUs);
  }

  private static String response(Cell cell, ToDoubleFunction<Latency> figure) {
    OpenLoop openLoop = cell.openLoop();
    return openLoop == null ? ABSENT : Numbers.micros(figure.applyAsDouble(openLoop.response()));
  }

  static String mean(Cell cell, Phase phase) {
    return Numbers.micros(cell.phases().get(phase).meanUs());
  }

  /** The share of an operation's mean time that is spent waiting for locks. */
  static String lockWaitShare(Cell cell) {
    double total = cell.phases().total().meanUs();
    return total == 0
        ? "0%"
        : Numbers.percent(cell.phases().lockWait().meanUs() / total).replace(" ", "");
  }

  static String extents(Cell cell) {
    return "%s → %s"
        .formatted(
            Numbers.count(cell.effects().extentsBefore()),
            Numbers.count(cell.effects().extentsAfter()));
  }

  static String guarantees(Cell cell) {
    return cell.promise().guarantees().isEmpty()
        ? "none"
        : String.join(" ", cell.promise().guarantees());
  }

  /** A ratio with its interval, and whether that makes it a tie. */
  static String contrast(Contrast contrast) {
    return Numbers.ratio(contrast) + (contrast.hasSpread() && contrast.isTie() ? " tie" : "");
  }

  /** {@link #THIN_MARK} where fewer than ten operations lie beyond the percentile. */
  static String thinMark(Cell cell, double percent) {
    return cell.isThinBeyond(percent) ? THIN_MARK : "";
  }
}
