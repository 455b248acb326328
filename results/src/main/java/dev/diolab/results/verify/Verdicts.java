package dev.diolab.results.verify;

import dev.diolab.results.compare.Numbers;
import dev.diolab.results.run.Promise;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The short verdict of a verification on a strategy and policy, as reports show it with every
 * number: {@code held (120,000 states)}, {@code BROKEN: G1, G3}, {@code unchecked}.
 */
public final class Verdicts {
  private final List<VerifiedCell> cells;

  private Verdicts(List<VerifiedCell> cells) {
    this.cells = cells;
  }

  /** Answers from {@code verification}. */
  public static Verdicts of(Verification verification) {
    return new Verdicts(verification.cells());
  }

  /** Answers that everything is unchecked. */
  public static Verdicts none() {
    return new Verdicts(List.of());
  }

  /** The verdict; {@link Promise#UNCHECKED} when nothing attacked that strategy and policy. */
  public String of(String strategy, String policy) {
    return cells.stream()
        .filter(cell -> cell.strategy().equals(strategy) && cell.policy().equals(policy))
        .filter(VerifiedCell::isAttacked)
        .findFirst()
        .map(Verdicts::verdict)
        .orElse(Promise.UNCHECKED);
  }

  private static String verdict(VerifiedCell cell) {
    if (!cell.failures().isEmpty()) {
      return Promise.BROKEN + ": " + names(cell.failures());
    }
    String states = "(" + Numbers.count(cell.states()) + " states)";
    if (cell.ceiling()) {
      List<GuaranteeVerdict> broken =
          cell.guarantees().stream()
              .filter(verdict -> verdict.verdict() == Verdict.BROKEN)
              .toList();
      return broken.isEmpty() ? "not broken " + states : "breaks " + names(broken) + " by design";
    }
    List<GuaranteeVerdict> open =
        cell.guarantees().stream()
            .filter(verdict -> verdict.declared() && verdict.verdict() == Verdict.NOT_ATTACKED)
            .toList();
    return open.isEmpty() ? "held " + states : "held " + states + ", not attacked: " + names(open);
  }

  private static String names(List<GuaranteeVerdict> verdicts) {
    return verdicts.stream().map(GuaranteeVerdict::guarantee).collect(Collectors.joining(", "));
  }
}
