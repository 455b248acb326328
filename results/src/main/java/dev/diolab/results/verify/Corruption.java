package dev.diolab.results.verify;

import dev.diolab.results.run.Require;
import org.jspecify.annotations.Nullable;

/**
 * What became of metadata that was damaged on purpose. A structure that is refused or named is
 * noticed damage; a legitimate one is a state that the format allows, such as an older block that
 * is valid in itself.
 *
 * @param tried damaged images
 * @param named those in which fsck named a finding
 * @param refused those that were not mounted, with a precise error
 * @param legitimate those that are valid, so that there was nothing to notice
 * @param failures those that ended in an uncaught exception, an endless loop, lack of memory, or
 *     silent acceptance of a wrong checksum
 * @param firstMessage what happened in the first failure, where there is one
 */
public record Corruption(
    long tried,
    long named,
    long refused,
    long legitimate,
    long failures,
    @Nullable String firstMessage) {

  /** Refuses negative counts. */
  public Corruption {
    Require.count("tried", tried);
    Require.count("named", named);
    Require.count("refused", refused);
    Require.count("legitimate", legitimate);
    Require.count("failures", failures);
  }

  /** Both together; the first message is that of this one, if it has one. */
  Corruption plus(Corruption other) {
    return new Corruption(
        tried + other.tried,
        named + other.named,
        refused + other.refused,
        legitimate + other.legitimate,
        failures + other.failures,
        firstMessage == null ? other.firstMessage : firstMessage);
  }
}
