package dev.diolab.benchmarks.plan;

import dev.diolab.benchmarks.load.Arrivals;
import org.jspecify.annotations.Nullable;

/**
 * What the options say of open loops.
 *
 * @param arrivals how operations arrive
 * @param opsPerSecond operations a second of all threads together; null for a sweep over the
 *     profile's loads
 */
public record Offer(Arrivals arrivals, @Nullable Double opsPerSecond) {}
