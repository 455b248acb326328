package dev.diolab.benchmarks.verify.fsx;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended.
 *
 * @param operations that were done
 * @param nanos that they took, with the comparisons at barriers and without set-up and fsck
 * @param difference what was wrong, null when nothing was
 * @param log all operations in the order in which they began
 */
record Outcome(long operations, long nanos, @Nullable Difference difference, List<Op> log) {}
