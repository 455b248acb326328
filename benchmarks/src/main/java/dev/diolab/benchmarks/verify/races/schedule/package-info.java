/**
 * Threads that go through one interleaving which a schedule writes down, and the moments at which
 * they can be held.
 */
@NullMarked
package dev.diolab.benchmarks.verify.races.schedule;

import org.jspecify.annotations.NullMarked;
