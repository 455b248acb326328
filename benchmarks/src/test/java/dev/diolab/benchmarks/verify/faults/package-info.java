/** Tests of the fault injection, and mutants that it has to find. */
@NullMarked
package dev.diolab.benchmarks.verify.faults;

import org.jspecify.annotations.NullMarked;
