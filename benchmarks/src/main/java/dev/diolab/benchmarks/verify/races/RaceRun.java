package dev.diolab.benchmarks.verify.races;

import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Runs one race under one strategy and policy. */
public final class RaceRun {
  private RaceRun() {}

  /** Runs {@code race} once; the same call always goes through the same interleaving. */
  public static Verdict play(Race race, DioStrategy strategy, ConversionPolicy policy) {
    try {
      Scene scene = new Scene(strategy, policy, race.blockSize());
      try {
        race.scenario().play(scene);
      } catch (IOException | RuntimeException | AssertionError e) {
        scene.expect(false, "an operation failed: " + e);
      }
      return scene.end();
    } catch (IOException e) {
      throw new UncheckedIOException("a race on a device in memory", e);
    }
  }

  /** Whether the strategy and the policy both declare the guarantee that {@code race} attacks. */
  public static boolean isDeclared(Race race, DioStrategy strategy, ConversionPolicy policy) {
    return strategy.guarantees().contains(race.breaks())
        && policy.guarantees().contains(race.breaks());
  }
}
