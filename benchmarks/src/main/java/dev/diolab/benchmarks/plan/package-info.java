/** What a run measures and in which order: workloads, profiles, cells and rounds. */
@NullMarked
package dev.diolab.benchmarks.plan;

import org.jspecify.annotations.NullMarked;
