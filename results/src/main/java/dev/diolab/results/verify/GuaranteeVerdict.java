package dev.diolab.results.verify;

import dev.diolab.results.run.Require;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of one guarantee of one strategy and policy.
 *
 * @param guarantee {@link #IMAGE} or a name of {@link #NAMES}
 * @param declared whether strategy and policy promise it; one that is not promised and falls is
 *     information, not a failure
 * @param attacks how often it was tried; 0 when nothing attacked it
 * @param broken how often it fell
 * @param firstMessage what was seen when it first fell
 * @param caseFile where that case is saved, relative to the directory of {@code verify.json};
 *     {@code verify --replay} takes it
 */
public record GuaranteeVerdict(
    String guarantee,
    boolean declared,
    long attacks,
    long broken,
    @Nullable String firstMessage,
    @Nullable String caseFile) {

  /** The image is consistent after recovery: it mounts, and fsck finds nothing. */
  public static final String IMAGE = "image";

  /** Every guarantee, in the order of showing. */
  public static final List<String> NAMES =
      List.of(IMAGE, "G1", "G2", "G3", "G4", "G5", "G6", "G7", "G8");

  /** Refuses unknown names, negative counts, and more falls than attacks. */
  public GuaranteeVerdict {
    Require.that(
        NAMES.contains(guarantee),
        "guarantee is \"%s\", but must be one of %s",
        guarantee,
        String.join(", ", NAMES));
    Require.count("attacks", attacks);
    Require.count("broken", broken);
    Require.that(
        broken <= attacks, "%s is broken %d times by %d attacks", guarantee, broken, attacks);
  }

  /** What the attacks came to. */
  public Verdict verdict() {
    if (attacks == 0) {
      return Verdict.NOT_ATTACKED;
    }
    return broken == 0 ? Verdict.HELD : Verdict.BROKEN;
  }

  /** Both together; message and case are those of this one, if it was broken. */
  GuaranteeVerdict plus(GuaranteeVerdict other) {
    GuaranteeVerdict first = broken > 0 ? this : other;
    return new GuaranteeVerdict(
        guarantee,
        declared,
        attacks + other.attacks,
        broken + other.broken,
        first.firstMessage,
        first.caseFile);
  }
}
