/** Plain closed loops of threads, for probes that need no JMH. */
@NullMarked
package dev.diolab.benchmarks.load;

import org.jspecify.annotations.NullMarked;
