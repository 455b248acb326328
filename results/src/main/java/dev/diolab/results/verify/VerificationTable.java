package dev.diolab.results.verify;

import dev.diolab.results.compare.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A verification as plain text for a terminal: a matrix of strategy, policy and guarantee, what
 * fell and how to replay it, and the verdict. Where the terminal is narrow, counts of attacks are
 * first rounded and then left out; what fell is never cut.
 */
public final class VerificationTable {
  private static final String STATES = "states";
  private static final String INDENT = "  ";
  private static final int ROUNDED_FROM = 10_000;

  private final Verification verification;
  private final StringBuilder out = new StringBuilder();

  /** How much of a count there is room for. */
  private enum Detail {
    EXACT("  "),
    ROUNDED("  "),
    NONE(" ");

    private final String gap;

    Detail(String gap) {
      this.gap = gap;
    }
  }

  /** A table of entries under heads; a line with a single entry is a heading across. */
  private record Grid(List<List<String>> lines, List<Integer> widths, String gap) {
    int width() {
      return widths.stream().mapToInt(Integer::intValue).sum() + gap.length() * (widths.size() - 1);
    }
  }

  private VerificationTable(Verification verification) {
    this.verification = verification;
  }

  /**
   * Renders a verification.
   *
   * @param width columns of the terminal; a matrix that cannot be that narrow is wider
   * @return lines ending in line feeds
   */
  public static String render(Verification verification, int width) {
    VerificationTable table = new VerificationTable(verification);
    table.matrix(width);
    table.failures();
    table.summary();
    return table.out.toString();
  }

  private void matrix(int width) {
    if (verification.cells().isEmpty()) {
      return;
    }
    Grid grid = grid(Detail.EXACT);
    for (Detail detail : Detail.values()) {
      if (grid.width() > width) {
        grid = grid(detail);
      }
    }
    for (List<String> line : grid.lines()) {
      out.append(line(line, grid).stripTrailing()).append('\n');
    }
    out.append(
        """

        held N: attacked N times and never fell    BROKEN N: fell N times
        -: not declared, held    (broken): not declared, fell    .: not attacked
        image: mounts after the crash, and fsck finds nothing
        """);
  }

  private Grid grid(Detail detail) {
    List<List<String>> lines = new ArrayList<>();
    List<String> heads = new ArrayList<>(List.of("policy", STATES));
    heads.addAll(GuaranteeVerdict.NAMES);
    lines.add(heads);
    Map<String, List<VerifiedCell>> strategies = new LinkedHashMap<>();
    verification
        .cells()
        .forEach(
            cell ->
                strategies.computeIfAbsent(cell.strategy(), any -> new ArrayList<>()).add(cell));
    strategies.forEach(
        (strategy, cells) -> {
          lines.add(List.of(cells.getFirst().ceiling() ? strategy + " (ceiling)" : strategy));
          cells.forEach(cell -> lines.add(entries(cell, detail)));
        });
    return new Grid(lines, widths(lines, heads.size()), detail.gap);
  }

  private static List<Integer> widths(List<List<String>> lines, int columns) {
    List<Integer> widths = new ArrayList<>();
    for (int column = 0; column < columns; column++) {
      int at = column;
      widths.add(
          lines.stream()
              .filter(line -> line.size() > 1)
              .mapToInt(line -> line.get(at).length())
              .max()
              .orElseThrow());
    }
    return widths;
  }

  private static List<String> entries(VerifiedCell cell, Detail detail) {
    List<String> entries = new ArrayList<>();
    entries.add(INDENT + cell.policy());
    entries.add(Numbers.count(cell.states()));
    for (String name : GuaranteeVerdict.NAMES) {
      entries.add(cell.guarantee(name).map(verdict -> entry(cell, verdict, detail)).orElse("."));
    }
    return entries;
  }

  private static String entry(VerifiedCell cell, GuaranteeVerdict verdict, Detail detail) {
    boolean promised = verdict.declared() && !cell.ceiling();
    return switch (verdict.verdict()) {
      case NOT_ATTACKED -> ".";
      case HELD -> promised ? "held" + count(verdict.attacks(), detail) : "-";
      case BROKEN -> promised ? "BROKEN" + count(verdict.broken(), detail) : "(broken)";
    };
  }

  private static String count(long value, Detail detail) {
    return switch (detail) {
      case EXACT -> " " + Numbers.count(value);
      case ROUNDED -> " " + rounded(value);
      case NONE -> "";
    };
  }

  /** Rounded downwards: what was not tried is not claimed. */
  private static String rounded(long value) {
    if (value < ROUNDED_FROM) {
      return Numbers.count(value);
    }
    return value < 10_000_000
        ? String.format(Locale.ROOT, "%,dk", value / 1000)
        : String.format(Locale.ROOT, "%,dM", value / 1_000_000);
  }

  private static String line(List<String> entries, Grid grid) {
    if (entries.size() == 1) {
      return entries.getFirst();
    }
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < entries.size(); i++) {
      String text = entries.get(i);
      String padding = " ".repeat(grid.widths().get(i) - text.length());
      boolean isStates = i == 1;
      line.append(i == 0 ? "" : grid.gap()).append(isStates ? padding + text : text + padding);
    }
    return line.toString();
  }

  private void failures() {
    for (VerifiedCell cell : verification.cells()) {
      for (GuaranteeVerdict verdict : cell.failures()) {
        out.append("\nBROKEN: %s of %s".formatted(verdict.guarantee(), cell.name()));
        if (verdict.firstMessage() != null) {
          out.append(": ").append(verdict.firstMessage());
        }
        if (verdict.caseFile() != null) {
          out.append("\n  case: ").append(verdict.caseFile());
        }
        out.append('\n');
      }
    }
    Corruption corruption = verification.corruption();
    if (corruption != null && corruption.failures() > 0) {
      out.append(
          "\nBROKEN: %s damaged images got by or ended badly"
              .formatted(Numbers.count(corruption.failures())));
      if (corruption.firstMessage() != null) {
        out.append(": ").append(corruption.firstMessage());
      }
      out.append('\n');
    }
  }

  private void summary() {
    out.append(
        "\n%s crash states in %s s: %s a second; profile %s, seed %d, shards %s, code %s\n"
            .formatted(
                Numbers.count(verification.states()),
                Numbers.count(verification.seconds()),
                Numbers.count(rate()),
                verification.profile(),
                verification.seed(),
                shards(),
                verification.code().shortDigest()));
    Corruption corruption = verification.corruption();
    if (corruption != null) {
      out.append(
          "%s images with damaged metadata: %s named by fsck, %s refused, %s legitimate, %s failed\n"
              .formatted(
                  Numbers.count(corruption.tried()),
                  Numbers.count(corruption.named()),
                  Numbers.count(corruption.refused()),
                  Numbers.count(corruption.legitimate()),
                  Numbers.count(corruption.failures())));
    }
    out.append(verdict()).append('\n');
  }

  private String verdict() {
    if (!verification.isClean()) {
      return "Verdict: BROKEN";
    }
    if (verification.cells().stream().noneMatch(VerifiedCell::isAttacked)) {
      return "Verdict: no guarantee was attacked";
    }
    return "Verdict: every declared guarantee that was attacked held";
  }

  private double rate() {
    return verification.seconds() == 0 ? 0 : verification.states() / verification.seconds();
  }

  private String shards() {
    int count = verification.parts().getFirst().count();
    return verification.shards().size() == 1
        ? verification.shards().getFirst()
        : "%d of %d".formatted(verification.shards().size(), count);
  }
}
