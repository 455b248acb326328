package dev.diolab.benchmarks.verify.fsx;

import dev.diolab.benchmarks.verify.sweep.Target;
import dev.diolab.engine.locking.Guarantee;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one run.
 *
 * @param target strategy and policy
 * @param blockSize of the volume in bytes
 * @param settings what was done
 * @param operations how many were done
 * @param nanos that they took
 * @param difference what was wrong, null when nothing was
 * @param shrunk the fewest operations that were found to go wrong; empty when nothing did
 */
public record FsxResult(
    Target target,
    int blockSize,
    Settings settings,
    long operations,
    long nanos,
    @Nullable String difference,
    List<String> shrunk) {
  /** Copies the list. */
  public FsxResult {
    shrunk = List.copyOf(shrunk);
  }

  /**
   * Whether strategy and policy promise that nothing goes wrong: everybody does when one operation
   * follows the other, else those that declare G1 and G6.
   */
  public boolean isPromised() {
    return settings.isInOrder()
        || (target.strategy().guarantees().containsAll(List.of(Guarantee.G1, Guarantee.G6))
            && target.policy().guarantees().containsAll(List.of(Guarantee.G1, Guarantee.G6)));
  }

  /** Whether a promise fell. */
  public boolean isFinding() {
    return difference != null && isPromised();
  }

  /** Operations in a second. */
  public double opsPerSecond() {
    return nanos == 0 ? 0 : operations * 1e9 / nanos;
  }
}
