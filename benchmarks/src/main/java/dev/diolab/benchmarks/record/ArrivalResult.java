package dev.diolab.benchmarks.record;

/**
 * What became of the operations that arrived in one round of an open loop.
 *
 * @param opsPerSecond the offered rate of all threads together
 * @param dueSeconds time within which operations were due
 * @param seconds from the start of that time to its end, or to the return of the last operation,
 *     whichever is later
 * @param due operations that were due; at random more or fewer than the rate says
 * @param unsent those of them that were never sent
 */
public record ArrivalResult(
    double opsPerSecond, double dueSeconds, double seconds, long due, long unsent) {}
