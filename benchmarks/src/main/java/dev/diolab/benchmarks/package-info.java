/**
 * What measures: workloads, the recording rig around JMH, and the command line that starts both.
 */
@NullMarked
package dev.diolab.benchmarks;

import org.jspecify.annotations.NullMarked;
