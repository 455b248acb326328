package dev.diolab.benchmarks.verify.races.schedule;

import org.jspecify.annotations.Nullable;

/**
 * One step of a schedule: an actor runs until it reaches a moment, is blocked, or ends.
 *
 * @param actor who runs
 * @param until where it is held, null to let it run to its end
 * @param times at which of these moments, counted from the beginning of the step, from 1 on
 */
public record Step(String actor, @Nullable Moment until, int times) {
  /** {@code actor} runs to its end. */
  public static Step end(String actor) {
    return new Step(actor, null, 1);
  }

  /** {@code actor} runs until it next reaches {@code moment}. */
  public static Step until(String actor, Moment moment) {
    return new Step(actor, moment, 1);
  }

  /** {@code actor} runs until it reaches {@code moment} for the {@code times}-th time. */
  public static Step until(String actor, Moment moment, int times) {
    return new Step(actor, moment, times);
  }
}
