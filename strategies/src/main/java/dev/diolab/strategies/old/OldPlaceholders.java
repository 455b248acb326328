package dev.diolab.strategies.old;

import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.strategies.PlaceholderRule;
import dev.diolab.strategies.PlaceholderStrategy;
import java.util.EnumSet;
import java.util.Set;

/** The placeholder scheme as it was posted, and before. */
final class OldPlaceholders {
  private OldPlaceholders() {}

  /**
   * Mason's patches of December 2006 as Linus found them: a request claims all its pages at once,
   * then faults a page of its user buffer that it has claimed itself, and waits for itself.
   */
  static DioStrategy uncapped() {
    return without(
        "uncapped",
        "Chris Mason, 2006; Linus Torvalds' deadlock, seeds/003 mail 0",
        "claims the whole request also when the user buffer maps the file",
        PlaceholderRule.CAP_SPAN,
        PlaceholderRule.PIN_FIRST);
  }

  /**
   * Mason's patches as posted in February 2007. The cap makes each batch of get_user_pages come
   * before the claim of the same step; but the second batch of the buffer may be what the first
   * step has claimed (a write of 128 pages to page 64 on, from a mapping of pages 0 to 127), or
   * what another request has claimed that faults ours.
   */
  static DioStrategy capped() {
    return without(
        "capped",
        "Chris Mason, 7 February 2007, seeds/003",
        "claims 64 pages at a time, and pins the user buffer in between",
        PlaceholderRule.PIN_FIRST);
  }

  /**
   * The capped scheme before its mapping was trimmed: 64 pages are claimed and the rest of the
   * request is mapped with them, so it is transferred without a claim (seeds/003 mail 0: get_block
   * answers for more than was claimed).
   */
  static DioStrategy untrimmed() {
    return without(
        "untrimmed",
        "Chris Mason, before 7 February 2007, seeds/003 mail 0",
        "maps and transfers behind the pages it claimed",
        PlaceholderRule.TRIM_MAPPING,
        PlaceholderRule.PIN_FIRST);
  }

  private static DioStrategy without(
      String mistake, String origin, String summary, PlaceholderRule... left) {
    Set<PlaceholderRule> rules = EnumSet.allOf(PlaceholderRule.class);
    rules.removeAll(Set.of(left));
    return new PlaceholderStrategy("placeholder-" + mistake, origin, summary, rules);
  }
}
