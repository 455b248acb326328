/**
 * Load without JMH: plain closed loops of threads for probes, and open loops whose operations
 * arrive at a rate.
 */
@NullMarked
package dev.diolab.benchmarks.load;

import org.jspecify.annotations.NullMarked;
