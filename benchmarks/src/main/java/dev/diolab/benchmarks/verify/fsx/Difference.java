package dev.diolab.benchmarks.verify.fsx;

/**
 * What was wrong in a run.
 *
 * @param number of the operation that showed it, from 1; 0 when it showed after the last one
 * @param message what was expected and what was found
 */
record Difference(long number, String message) {}
