package dev.diolab.results.report;

import dev.diolab.results.compare.Numbers;
import dev.diolab.results.run.Cell;
import dev.diolab.results.run.Promise;
import dev.diolab.results.run.RunFile;
import dev.diolab.results.run.VerdictSource;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What a report says of the verdicts on its numbers, and of where they come from. */
final class VerdictWording {
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private static final int SHORT_DIGEST = 12;
  private static final String REMEDY = "Run scripts/verify quick on this code, then measure again.";

  private final RunFile run;

  /** What is promised by each pair of strategy and policy, e.g. {@code i-mutex/end-io}. */
  private final Map<String, Promise> promises = new LinkedHashMap<>();

  private VerdictWording(RunFile run) {
    this.run = run;
    for (Cell cell : run.cells()) {
      promises.put(cell.key().strategy() + "/" + cell.key().policy(), cell.promise());
    }
  }

  static VerdictWording of(RunFile run) {
    return new VerdictWording(run);
  }

  /** Which measured pairs broke what they declare; empty where none did. */
  Optional<String> alarm() {
    List<String> broken = named(Promise::isBroken);
    return broken.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Declared guarantees are BROKEN: %s. However fast, these figures are of code that does not"
                    .formatted(
                        broken.stream()
                            .map(name -> name + " " + what(name))
                            .collect(Collectors.joining("; ")))
                + " keep what it promises.");
  }

  /** What became of all pairs together, and where that is known from. */
  String summary() {
    List<String> broken = named(Promise::isBroken);
    List<String> unchecked = named(Promise::isUnchecked);
    if (unchecked.size() == promises.size()) {
      return "Verdict on these results: unchecked. " + source();
    }
    int held = named(promise -> isHeld(promise)).size();
    StringBuilder text = new StringBuilder("Verdict on these results: ");
    text.append(held).append(held == 1 ? " pair" : " pairs");
    text.append(" of strategy and policy held what they declare");
    if (!broken.isEmpty()) {
      text.append(", ").append(broken.size()).append(" BROKEN");
    }
    if (!unchecked.isEmpty()) {
      text.append(", unchecked: ").append(String.join(", ", unchecked));
    }
    return text.append(". ").append(source()).toString();
  }

  /** Which verification the verdicts come from, or why there is none and what to do. */
  String source() {
    VerdictSource source = run.verdicts();
    if (source == null) {
      return "This run is of a version that looked for no verification.";
    }
    String code = source.code().substring(0, Math.min(SHORT_DIGEST, source.code().length()));
    VerdictSource.Verified verification = source.verification();
    if (verification != null) {
      return "The verdicts come from the verification of %s of the same code (%s): profile %s, %s crash states, seed %d%s"
          .formatted(
              date(verification.started()),
              code,
              verification.profile(),
              Numbers.count(verification.states()),
              verification.seed(),
              verification.clean() ? "." : "; as a whole it was not clean.");
    }
    String none = "There is no verification of this code (%s). ".formatted(code);
    return source.otherCode() == null
        ? none + REMEDY
        : none
            + "One of %s was of other code and does not count. ".formatted(date(source.otherCode()))
            + REMEDY;
  }

  private List<String> named(Predicate<Promise> which) {
    return promises.entrySet().stream()
        .filter(entry -> which.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** A ceiling declares nothing that it could hold. */
  private static boolean isHeld(Promise promise) {
    return promise.ranked() && !promise.isBroken() && !promise.isUnchecked();
  }

  /** The guarantees in a verdict such as {@code BROKEN: G1, G3}. */
  private String what(String name) {
    Promise promise = promises.get(name);
    if (promise == null) {
      throw new AssertionError("no pair is called " + name);
    }
    return promise.verdict().replaceFirst("^" + Promise.BROKEN + ":? ?", "(").concat(")");
  }

  private static String date(Instant instant) {
    return DATE.format(instant);
  }
}
