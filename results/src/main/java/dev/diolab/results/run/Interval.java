package dev.diolab.results.run;

import java.time.Instant;
import org.HdrHistogram.Histogram;

/**
 * What one round recorded of one phase.
 *
 * @param start when the round began
 * @param end when the round ended
 * @param nanoseconds the recorded times; not copied
 */
public record Interval(Phase phase, Instant start, Instant end, Histogram nanoseconds) {}
