package dev.diolab.benchmarks.verify.kill;

import dev.diolab.benchmarks.plan.Workload;

/**
 * One kill and what it left.
 *
 * @param number from 1
 * @param workload what was running
 * @param strategy with this strategy
 * @param policy and this policy
 * @param threads and so many threads
 * @param seconds when it was killed, after measuring began
 * @param aftermath what the image was like
 */
public record Kill(
    int number,
    Workload workload,
    String strategy,
    String policy,
    int threads,
    double seconds,
    Aftermath aftermath) {

  /** Whether nothing is wrong with the image. */
  public boolean isClean() {
    return aftermath.isClean();
  }
}
