package dev.diolab.benchmarks.workload;

import dev.diolab.benchmarks.load.ArrivalRate;

/**
 * How operations arrive at a fork, and how long.
 *
 * @param rate of all threads together
 * @param warmupSeconds time of a closed loop before it that is not measured
 * @param seconds time within which operations are due
 */
public record OpenLoopSettings(ArrivalRate rate, double warmupSeconds, double seconds) {}
