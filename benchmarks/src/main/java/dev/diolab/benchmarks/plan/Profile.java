package dev.diolab.benchmarks.plan;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench PROFILE} measures when no option says otherwise.
 *
 * @param summary for {@code --help}: what the profile is for and how long it takes
 * @param imageMiB size of the image
 * @param rounds how often every cell is measured
 * @param verifyMiB how much of the test file is read back and checked after a cell, at most
 * @param blocks what is measured, in this order
 * @param sweepPercents loads of a sweep, in percent of what a strategy does in a closed loop,
 *     ascending; null where the profile has none
 */
public record Profile(
    String summary,
    int imageMiB,
    int rounds,
    int verifyMiB,
    List<Block> blocks,
    @Nullable List<Integer> sweepPercents) {

  /** A profile without a sweep. */
  public Profile(String summary, int imageMiB, int rounds, int verifyMiB, List<Block> blocks) {
    this(summary, imageMiB, rounds, verifyMiB, blocks, null);
  }

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException naming the field that is wrong
   */
  public Profile {
    if (summary == null || blocks == null || blocks.isEmpty()) {
      throw new IllegalArgumentException("a profile needs a summary and at least one block");
    }
    if (imageMiB < 1 || rounds < 1 || verifyMiB < 1) {
      throw new IllegalArgumentException(
          "imageMiB "
              + imageMiB
              + ", rounds "
              + rounds
              + " and verifyMiB "
              + verifyMiB
              + " must be above 0");
    }
    blocks = List.copyOf(blocks);
    sweepPercents = sweepPercents == null ? null : List.copyOf(sweepPercents);
    int last = 0;
    for (int percent : sweepPercents == null ? List.<Integer>of() : sweepPercents) {
      if (percent <= last) {
        throw new IllegalArgumentException(
            "sweepPercents " + sweepPercents + " do not ascend from 1 on");
      }
      last = percent;
    }
  }
}
