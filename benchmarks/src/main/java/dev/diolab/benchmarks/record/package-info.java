/** Latency of every operation, by phase: recorded in the fork, merged over rounds in the parent. */
@NullMarked
package dev.diolab.benchmarks.record;

import org.jspecify.annotations.NullMarked;
