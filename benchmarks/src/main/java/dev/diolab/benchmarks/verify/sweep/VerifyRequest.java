package dev.diolab.benchmarks.verify.sweep;

import dev.diolab.results.verify.Code;
import dev.diolab.results.verify.Shard;
import java.util.List;

/**
 * What to verify.
 *
 * @param profile name of the profile
 * @param states crash states of all targets and shards together
 * @param corruptions images with damaged metadata, of all shards together
 * @param seed of all choices
 * @param shard the part that is to be done now
 * @param targets what to attack
 * @param code what is running
 */
public record VerifyRequest(
    String profile,
    long states,
    int corruptions,
    long seed,
    Shard shard,
    List<Target> targets,
    Code code) {
  /** Copies the targets. */
  public VerifyRequest {
    targets = List.copyOf(targets);
  }
}
