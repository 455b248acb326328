/**
 * Tests the verifier with mutants: the project's own code with one plausible mistake in it, which
 * the verifier has to find.
 */
@NullMarked
package dev.diolab.benchmarks.verify.mutant;

import org.jspecify.annotations.NullMarked;
