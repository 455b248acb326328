package dev.diolab.benchmarks.verify.races;

/** The code that lost a race. */
public sealed interface OldWay {

  /** What it is called. */
  String name();

  /**
   * A locking scheme that had the bug.
   *
   * @param name name of the strategy
   */
  record OldStrategy(String name) implements OldWay {}

  /**
   * A conversion policy that has the bug, and says so.
   *
   * @param name name of the policy
   * @param strategy a strategy under which it shows
   */
  record OldPolicy(String name, String strategy) implements OldWay {}

  /**
   * The engine with one mistake in its source; compiled and tried by the tests only.
   *
   * @param name the mistake
   * @param strategy the strategy under which it shows
   * @param policy the conversion policy under which it shows
   */
  record EngineMutant(String name, String strategy, String policy) implements OldWay {
    EngineMutant(String name, String strategy) {
      this(name, strategy, "end-io");
    }
  }
}
