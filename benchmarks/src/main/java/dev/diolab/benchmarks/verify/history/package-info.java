/**
 * What happened in a recorded workload, and what the guarantees allow a file to hold because of it.
 */
@NullMarked
package dev.diolab.benchmarks.verify.history;

import org.jspecify.annotations.NullMarked;
