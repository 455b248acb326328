package dev.diolab.benchmarks.verify.fsx;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Runs as lines for a terminal of 80 columns. */
public final class FsxTable {
  private static final int MOST_LINES = 60;

  private FsxTable() {}

  /** The heads of the columns. */
  public static String head() {
    return line("strategy", "policy", "block", "thr", "-o", "ops", "ops/s", "verdict");
  }

  /** One run, with what is wrong on lines of its own. */
  public static String line(FsxResult result) {
    String line =
        line(
            result.target().strategy().name(),
            result.target().policy().name(),
            String.valueOf(result.blockSize()),
            String.valueOf(result.settings().threads()),
            String.valueOf(result.settings().longestOp()),
            String.format(Locale.ROOT, "%,d", result.operations()),
            String.format(Locale.ROOT, "%,.0f", result.opsPerSecond()),
            verdict(result));
    String difference = result.difference();
    if (difference == null) {
      return line;
    }
    String where = "\n    ";
    return line
        + where
        + difference.replace("\n", where)
        + where
        + "operations:"
        + where
        + "  "
        + result.shrunk().stream().limit(MOST_LINES).collect(Collectors.joining(where + "  "))
        + (result.shrunk().size() > MOST_LINES ? where + "  and more: --record-ops FILE" : "");
  }

  /** The sums and the verdict. */
  public static String summary(List<FsxResult> results) {
    long findings = results.stream().filter(FsxResult::isFinding).count();
    long unpromised =
        results.stream().filter(each -> each.difference() != null && !each.isFinding()).count();
    return String.format(
        Locale.ROOT,
        "%d runs, %,d operations: %s%s%n",
        results.size(),
        results.stream().mapToLong(FsxResult::operations).sum(),
        findings == 0 ? "no difference" : findings + " with a DIFFERENCE",
        unpromised == 0
            ? ""
            : "; besides, " + unpromised + " differ where neither is promised anything");
  }

  private static String verdict(FsxResult result) {
    if (result.difference() == null) {
      return "same";
    }
    return result.isFinding() ? "DIFFERENCE" : "differs (no promise)";
  }

  private static String line(String... fields) {
    return String.format(Locale.ROOT, "%-17s %-17s %5s %3s %6s %10s %9s  %s", (Object[]) fields)
        .stripTrailing();
  }
}
