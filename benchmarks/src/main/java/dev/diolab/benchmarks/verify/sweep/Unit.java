package dev.diolab.benchmarks.verify.sweep;

import dev.diolab.benchmarks.content.Seeds;
import dev.diolab.benchmarks.verify.script.RandomScripts;
import dev.diolab.benchmarks.verify.script.Script;
import dev.diolab.benchmarks.verify.script.ShortScripts;

/**
 * One recorded run of a sweep: a script and the states of it. Even units go through all short
 * scripts on small and large blocks; odd ones are long scripts from seeds.
 *
 * @param number of the unit, from 0
 * @param seed of the sweep of one target
 */
record Unit(long number, long seed) {
  /** States of a long script; more of them would be at the cost of other scripts. */
  private static final int STATES_OF_LONG_SCRIPT = 300;

  /**
   * How far the next short script is from the last one, so that a few of them are unlike each
   * other; has no divisor in common with their number, so that none is left out.
   */
  private static final int STRIDE = 3511;

  boolean isShort() {
    return number % 2 == 0;
  }

  Script script() {
    if (!isShort()) {
      return RandomScripts.get(unitSeed());
    }
    long turn = number / 2;
    long first = Math.floorMod(Seeds.derive(seed, "short scripts"), ShortScripts.count());
    int index = (int) ((first + turn * STRIDE) % ShortScripts.count());
    return ShortScripts.get(index, turn % 2 == 0 ? 4096 : 1024);
  }

  long unitSeed() {
    return Seeds.derive(seed, number);
  }

  long states() {
    return isShort() ? Long.MAX_VALUE : STATES_OF_LONG_SCRIPT;
  }
}
