package dev.diolab.benchmarks.verify.sweep;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.verify.script.RandomScripts;
import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.benchmarks.verify.script.ShortScripts;
import java.util.List;

/**
 * One recorded run of a sweep: a script and the states of it. Even units go through all short
 * scripts on small and large blocks, those of one and two operations first; odd ones are long
 * scripts from seeds.
 *
 * @param number of the unit, from 0
 * @param seed of the sweep of one target
 */
record Unit(long number, long seed) {
  /** States of a long script; more of them would be at the cost of other scripts. */
  private static final int STATES_OF_LONG_SCRIPT = 300;

  /**
   * How far the next short script is from the last one, so that a few of them are unlike each
   * other; a prime, so that none is left out.
   */
  private static final int STRIDE = 3511;

  /** Scripts of one and two operations; a target of 160,000 states or so gets all of them. */
  private static final int SHORTEST = ShortScripts.count(2);

  private static final List<Integer> BLOCK_SIZES = List.of(4096, 1024);

  boolean isShort() {
    return number % 2 == 0;
  }

  Script script() {
    if (!isShort()) {
      return RandomScripts.get(unitSeed());
    }
    long turn = number / 2 / BLOCK_SIZES.size();
    int blockSize = BLOCK_SIZES.get((int) (number / 2 % BLOCK_SIZES.size()));
    return ShortScripts.get(
        turn < SHORTEST
            ? shuffled(turn, SHORTEST)
            : SHORTEST + shuffled(turn - SHORTEST, ShortScripts.count() - SHORTEST),
        blockSize);
  }

  private int shuffled(long turn, int count) {
    long first = Math.floorMod(Seeds.derive(seed, "short scripts"), count);
    return (int) ((first + turn * STRIDE) % count);
  }

  long unitSeed() {
    return Seeds.derive(seed, number);
  }

  long states() {
    return isShort() ? Long.MAX_VALUE : STATES_OF_LONG_SCRIPT;
  }
}
