package dev.diolab.benchmarks.crosscheck;

/**
 * What came out for one contender at one load.
 *
 * @param load the number of threads, or of requests in flight
 * @param name {@link Fio#NAME}, or one of ours
 * @param opsPerSecond median over the rounds
 * @param ratio median of the ratios to fio in the same round
 */
public record Line(int load, String name, double opsPerSecond, double ratio) {}
