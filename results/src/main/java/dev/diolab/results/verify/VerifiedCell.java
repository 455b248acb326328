package dev.diolab.results.verify;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.diolab.results.run.Require;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What was found about one strategy with one conversion policy.
 *
 * @param strategy locking strategy
 * @param policy conversion policy
 * @param ceiling whether the strategy is wrong by design; whatever it breaks is no failure
 * @param runs workloads that were recorded
 * @param states crash states that were mounted and compared
 * @param guarantees one entry for each guarantee, none twice
 */
public record VerifiedCell(
    String strategy,
    String policy,
    boolean ceiling,
    long runs,
    long states,
    List<GuaranteeVerdict> guarantees) {

  /** Refuses negative counts and two entries of the same guarantee. */
  public VerifiedCell {
    Require.count("runs", runs);
    Require.count("states", states);
    guarantees = Require.list("guarantees", guarantees);
    Set<String> seen = new HashSet<>();
    for (GuaranteeVerdict verdict : guarantees) {
      Require.that(seen.add(verdict.guarantee()), "two entries are of %s", verdict.guarantee());
    }
  }

  /** Strategy and policy as people write them, e.g. {@code i-mutex/end-io}. */
  public String name() {
    return strategy + "/" + policy;
  }

  /** The entry of a guarantee, if the cell has one. */
  public Optional<GuaranteeVerdict> guarantee(String name) {
    return guarantees.stream().filter(verdict -> verdict.guarantee().equals(name)).findFirst();
  }

  /** What was promised and fell; never anything for a ceiling. */
  public List<GuaranteeVerdict> failures() {
    return guarantees.stream()
        .filter(verdict -> !ceiling && verdict.declared())
        .filter(verdict -> verdict.verdict() == Verdict.BROKEN)
        .toList();
  }

  /** Whether anything at all tried to break it. */
  @JsonIgnore
  public boolean isAttacked() {
    return guarantees.stream().anyMatch(verdict -> verdict.attacks() > 0);
  }
}
