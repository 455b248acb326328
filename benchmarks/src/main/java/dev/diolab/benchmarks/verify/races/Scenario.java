package dev.diolab.benchmarks.verify.races;

import java.io.IOException;

/** One race: sets files up, plays a schedule, and says what it finds. */
@FunctionalInterface
interface Scenario {
  void play(Scene scene) throws IOException;
}
