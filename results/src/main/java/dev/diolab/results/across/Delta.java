package dev.diolab.results.across;

import dev.diolab.results.stats.Contrast;

/**
 * A cell of one run in terms of the same cell of an earlier one.
 *
 * @param side the run
 * @param base the first of the runs that has the cell
 * @param throughput operations a second
 * @param p99 the 99th percentile of service time, in an open loop of response time
 */
public record Delta(Place place, Side side, Side base, Contrast throughput, Contrast p99) {}
