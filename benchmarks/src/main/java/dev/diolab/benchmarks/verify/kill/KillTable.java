package dev.diolab.benchmarks.verify.kill;

import java.util.List;
import java.util.Locale;

/** Kills as lines for a terminal of 80 columns. */
public final class KillTable {
  private KillTable() {}

  /** The heads of the columns. */
  public static String head() {
    return line("n", "workload", "strategy", "policy", "thr", "killed", "trans", "fnd", "units");
  }

  /** One kill, with what is wrong on lines of its own. */
  public static String line(Kill kill) {
    Aftermath aftermath = kill.aftermath();
    String line =
        line(
            String.valueOf(kill.number()),
            kill.workload().label(),
            kill.strategy(),
            kill.policy(),
            String.valueOf(kill.threads()),
            String.format(Locale.ROOT, "%.2f s", kill.seconds()),
            String.valueOf(aftermath.left().pendingTransactions()),
            String.valueOf(aftermath.findings()),
            String.format(Locale.ROOT, "%,d", aftermath.contents().units()));
    return aftermath
        .firstProblem()
        .map(problem -> line + "\n     NOT CLEAN: " + problem)
        .orElse(line);
  }

  /** What the columns mean, the sums, and the verdict. */
  public static String summary(List<Kill> kills) {
    Contents sum =
        kills.stream()
            .map(kill -> kill.aftermath().contents())
            .reduce(Contents.NONE, Contents::plus);
    long clean = kills.stream().filter(Kill::isClean).count();
    return String.format(
        Locale.ROOT,
        """

        killed: seconds after measuring began; trans: transactions in the log that
        recovery replayed; fnd: findings of fsck before and after the mount; units of 4 KiB
        units: %,d zero, %,d whole, %,d torn, %,d wrong; %d images had files
        Verdict: %d of %d kills left a clean image%s
        """,
        sum.zero(),
        sum.whole(),
        sum.torn(),
        sum.wrong(),
        kills.stream().filter(kill -> kill.aftermath().contents().units() > 0).count(),
        clean,
        kills.size(),
        clean == kills.size() ? "" : ": NOT CLEAN");
  }

  private static String line(Object... entries) {
    return String.format(Locale.ROOT, "%3s  %-14s %-16s %-11s %3s %6s %5s %3s %8s", entries)
        .stripTrailing();
  }
}
