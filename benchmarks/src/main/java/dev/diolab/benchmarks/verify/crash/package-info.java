/** Builds the states that a crash can leave of a recorded workload, and judges each. */
@NullMarked
package dev.diolab.benchmarks.verify.crash;

import org.jspecify.annotations.NullMarked;
