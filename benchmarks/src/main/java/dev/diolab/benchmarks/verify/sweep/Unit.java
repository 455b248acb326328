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
 * @param seed of the sweep
 */
record Unit(long number, long seed) {
  /** States of a long script; more of them would be at the cost of other scripts. */
  private static final int STATES_OF_LONG_SCRIPT = 300;

  private static final int BLOCK_SIZES = 2;

  boolean isShort() {
    return number % 2 == 0;
  }

  Script script() {
    if (!isShort()) {
      return RandomScripts.get(unitSeed());
    }
    long half = number / 2;
    int index = (int) (half / BLOCK_SIZES % ShortScripts.count());
    return ShortScripts.get(index, half % BLOCK_SIZES == 0 ? 4096 : 1024);
  }

  long unitSeed() {
    return Seeds.derive(seed, number);
  }

  long states() {
    return isShort() ? Long.MAX_VALUE : STATES_OF_LONG_SCRIPT;
  }
}
