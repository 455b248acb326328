/** Attacks every strategy with every policy, spread over the processors and over machines. */
@NullMarked
package dev.diolab.benchmarks.verify.sweep;

import org.jspecify.annotations.NullMarked;
