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
  /** What a verdict begins with when a declared guarantee fell. */
  public static final String BROKEN = "BROKEN";

  private final Verification verification;

  /** Answers from {@code verification}. */
  public Verdicts(Verification verification) {
    this.verification = verification;
  }

  /** The verdict; {@link Promise#UNCHECKED} when nothing attacked that strategy and policy. */
  public String of(String strategy, String policy) {
    return verification
        .cell(strategy, policy)
        .filter(VerifiedCell::isAttacked)
        .map(Verdicts::verdict)
        .orElse(Promise.UNCHECKED);
  }

  private static String verdict(VerifiedCell cell) {
    if (!cell.failures().isEmpty()) {
      return BROKEN + ": " + names(cell.failures());
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
