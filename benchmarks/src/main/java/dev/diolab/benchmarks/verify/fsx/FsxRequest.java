package dev.diolab.benchmarks.verify.fsx;

import dev.diolab.benchmarks.verify.sweep.Target;
import java.util.List;

/**
 * What to exercise.
 *
 * @param targets strategies with policies
 * @param blockSizes block sizes of the volumes in bytes
 * @param variants the settings, one run each
 * @param seed of all random choices
 */
public record FsxRequest(
    List<Target> targets, List<Integer> blockSizes, List<Settings> variants, long seed) {
  /** Copies the lists. */
  public FsxRequest {
    targets = List.copyOf(targets);
    blockSizes = List.copyOf(blockSizes);
    variants = List.copyOf(variants);
  }

  /** How many runs that are. */
  public int runs() {
    return targets.size() * blockSizes.size() * variants.size();
  }
}
