package dev.diolab.benchmarks.verify.races;

import dev.diolab.benchmarks.verify.races.schedule.Stage;
import dev.diolab.engine.device.BlockDevice;
import dev.diolab.engine.device.MemoryDevice;
import dev.diolab.engine.locking.ConversionPolicy;
import dev.diolab.engine.locking.DioStrategy;
import dev.diolab.engine.locking.Guarantee;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Runs one race under one strategy and policy. */
public final class RaceRun {
  private RaceRun() {}

  /** Runs {@code race} once; the same call always goes through the same interleaving. */
  public static Verdict play(Race race, DioStrategy strategy, ConversionPolicy policy) {
    try {
      return play(race, strategy, policy, new MemoryDevice(Scene.DEVICE_BYTES), Stage.scheduled());
    } catch (IOException e) {
      throw new UncheckedIOException("a race on a device in memory", e);
    }
  }

  /**
   * Runs {@code race} once with threads that run freely, and pause now and then.
   *
   * @param device is formatted; has at least {@link #deviceBytes}
   * @throws IOException when the device fails
   */
  public static Verdict stress(
      Race race, DioStrategy strategy, ConversionPolicy policy, BlockDevice device, long seed)
      throws IOException {
    return play(race, strategy, policy, device, Stage.free(seed));
  }

  /** Bytes of the device that a race needs. */
  public static long deviceBytes() {
    return Scene.DEVICE_BYTES;
  }

  private static Verdict play(
      Race race, DioStrategy strategy, ConversionPolicy policy, BlockDevice device, Stage stage)
      throws IOException {
    Scene scene = new Scene(device, stage, strategy, policy, race.blockSize());
    try {
      race.scenario().play(scene);
    } catch (IOException | RuntimeException | AssertionError e) {
      scene.expect(false, "an operation failed: " + e);
    }
    return scene.end();
  }

  /** Whether the strategy and the policy both declare the guarantee that {@code race} attacks. */
  public static boolean isDeclared(Race race, DioStrategy strategy, ConversionPolicy policy) {
    Guarantee attacked = race.breaks();
    return attacked != null
        && strategy.guarantees().contains(attacked)
        && policy.guarantees().contains(attacked);
  }
}
